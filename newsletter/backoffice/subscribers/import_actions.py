"""What can be done with an import: answer its questions, begin it, forget it."""

from typing import Any, ClassVar

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.screens import ObjectScreen
from newsletter.backoffice.subscribers.forms import AnswersForm
from newsletter.backoffice.subscribers.imports import ImportRows
from newsletter.backoffice.subscribers.permissions import IMPORT_SUBSCRIBERS
from newsletter.enums.subscribers import LineOutcome
from newsletter.models import SubscriberImport
from newsletter.subscribers.importing.run import ImportRefused, answer_questions, begin_import, cancel_import

NOT_WAITING = gettext_lazy("This import is not waiting for you any more.")


class AnswerQuestionsView(ImportRows, ObjectScreen[SubscriberImport], FormView):
    """What the words of a column mean. Nothing is looked at before each has its answer."""

    model = SubscriberImport
    viewset_name = "newsletter_imports"
    permission = IMPORT_SUBSCRIBERS
    form_class = AnswersForm
    template_name = "newsletter/backoffice/import_questions.html"
    page_title = gettext_lazy("What does the file say?")
    header_icon = "help"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"questions": self.object.questions}

    def form_valid(self, form: AnswersForm) -> HttpResponse:
        try:
            answer_questions(import_id=self.object.pk, answers=form.answers())
        except ImportRefused:
            messages.error(self.request, str(NOT_WAITING))
        return redirect("newsletter_imports:inspect", self.object.pk)


class ImportActionView(ImportRows, ObjectActionView[SubscriberImport]):
    """An action on one import."""

    model = SubscriberImport
    viewset_name = "newsletter_imports"
    permission = IMPORT_SUBSCRIBERS
    header_icon = "upload"
    refusals: ClassVar = {ImportRefused: NOT_WAITING}

    def log_title(self) -> str:
        return str(self.object.pk)


class BeginImportView(ImportActionView):
    """The dry run was right: write what it says."""

    action_label = gettext_lazy("Import")
    log_action = "newsletter.begin_import"
    done = gettext_lazy("The import has begun.")

    def effects(self) -> list[str]:
        counted = dict(self.object.lines.order_by().values_list("outcome").annotate(Count("pk")))
        gone = [
            (_("%(count)s addresses that left or do not work, says the file, are kept out from now on."), LineOutcome.KEPT_OUT),
            (_("%(count)s readers who left, says the file, get nothing more."), LineOutcome.REMOVED),
        ]
        return [
            _("%(count)s new readers get the next issue.") % {"count": counted.get(LineOutcome.NEW, 0)},
            *(words % {"count": counted[outcome]} for words, outcome in gone if outcome in counted),
            _("Readers already there are not changed; addresses that left, complained or came back are left alone."),
            _("Each new reader gets this proof of consent: %(source)s.") % {"source": self.object.source},
        ]

    def step(self, form: Any) -> None:
        begin_import(import_id=self.object.pk)


class CancelImportView(ImportActionView):
    """The dry run was wrong: forget the file."""

    action_label = gettext_lazy("Forget this file")
    log_action = "newsletter.cancel_import"
    done = gettext_lazy("The file is forgotten.")
    is_destructive = True

    def effects(self) -> list[str]:
        return [_("Nobody was written. The lines of the file are erased.")]

    def step(self, form: Any) -> None:
        cancel_import(import_id=self.object.pk, now=clock.now())
