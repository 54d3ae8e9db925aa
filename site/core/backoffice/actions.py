"""An action on one row: asked on GET, done on POST by one service, and written in Wagtail's log."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.functional import Promise
from wagtail.log_actions import log

from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.permissions import staff
from core.backoffice.screens import ObjectScreen

type Sentence = str | Promise
# What each exception of a service means for the reader: a sentence, or how to find it in the exception.
type Refusals = Mapping[type[Exception], Sentence | Callable[[Any], object]]


class ObjectActionView[M: Model](ObjectScreen[M], ConfirmView):
    """Subclasses give `effects`, `step`, `done` and `log_action`; `refusals` where the service can refuse."""

    done: Sentence = ""
    log_action = ""
    refusals: ClassVar[Refusals] = {}

    def step(self, form: Any) -> Sentence | None:
        """Calls the service. Returns what to tell the reader, if that is not always the same."""
        raise NotImplementedError

    def log_title(self) -> str:
        """What the log calls the row, for ever: never by the name of a person."""
        return str(self.object)

    def act(self, form: Any) -> str:
        try:
            told = self.step(form)
        except tuple(self.refusals) as refusal:
            raise Refused(self._explained(refusal)) from refusal
        log(self.object, self.log_action, user=staff(self.request), title=self.log_title())
        return str(told or self.done)

    def _explained(self, refusal: Exception) -> str:
        sentence = next(each for kind, each in self.refusals.items() if isinstance(refusal, kind))
        return str(sentence(refusal) if callable(sentence) else sentence)
