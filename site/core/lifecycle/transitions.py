"""Changes of status. Each app declares as data which are allowed; every one leaves a dated row that says who and why."""

import datetime
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.lifecycle.system_notes import note_label

if TYPE_CHECKING:
    from core.models.users import User

REASON_LENGTH = 300


class TransitionNotAllowed(Exception):
    """The current status does not allow this change. Often somebody else, or the worker, was quicker."""


class Transition(models.Model):
    """One change of status. A subclass adds the key to its object (`related_name="transitions"`), `from_status` and `to_status`."""

    from_status: Any
    to_status: Any
    at = models.DateTimeField(_("at"))
    # Nobody: the person it is about, or the worker.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH, blank=True)

    # The codes that may stand as a reason, beside free text.
    system_notes: ClassVar[tuple[type[models.TextChoices], ...]] = ()

    class Meta:
        abstract = True
        ordering: ClassVar = ["at", "pk"]
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")

    def __str__(self) -> str:
        return f"{self.from_status or '·'} → {self.to_status}"

    @property
    def reason_label(self) -> str:
        """The reason, in the active language where it is a code of ours."""
        return note_label(self.reason, *self.system_notes)


def next_status[Status: str](table: Mapping[str, Collection[str]], current: str, to: Status) -> Status:
    """`to`, if `table` allows it from `current`. Raises TransitionNotAllowed."""
    if to not in table[current]:
        raise TransitionNotAllowed(f"{current} → {to}")
    return to


def record_transition(row: Any, was: str, *, now: datetime.datetime, by: "User | None" = None, reason: str = "", **facts: Any) -> None:
    """Writes the dated row of a change of `row.status` that was just saved; `was` is empty when the row is new.

    `facts`: what a subclass keeps besides. Belongs in the transaction of the change.
    """
    row.transitions.create(from_status=was, to_status=row.status, at=now, by=by, reason=reason[:REASON_LENGTH], **facts)
