"""What can be done with an import: answer its questions, begin it, forget it."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core import clock
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.permissions import RequiresPermission
from newsletter.backoffice.subscribers.forms import AnswersForm
from newsletter.backoffice.subscribers.permissions import IMPORT_SUBSCRIBERS
from newsletter.enums.readers import LineOutcome
from newsletter.models import SubscriberImport
from newsletter.subscribers.importing.run import ImportRefused, answer_questions, begin_import, cancel_import


class AnswerQuestionsView(RequiresPermission, WagtailAdminTemplateMixin, FormView):
    """What the words of a column mean. Nothing is looked at before each has its answer."""

    permission = IMPORT_SUBSCRIBERS
    form_class = AnswersForm
    template_name = "newsletter/backoffice/import_questions.html"
    page_title = gettext_lazy("What does the file say?")
    header_icon = "help"

    @cached_property
    def subscriber_import(self) -> SubscriberImport:
        return get_object_or_404(SubscriberImport, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"questions": self.subscriber_import.questions}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("newsletter_imports:index"), "label": _("Imports")},
            {"url": reverse("newsletter_imports:inspect", args=[self.subscriber_import.pk]), "label": self.subscriber_import.filename},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: AnswersForm) -> HttpResponse:
        try:
            answer_questions(import_id=self.subscriber_import.pk, answers=form.answers())
        except ImportRefused:
            messages.error(self.request, _("This import is not waiting for you any more."))
        return redirect("newsletter_imports:inspect", self.subscriber_import.pk)


class ImportActionView(ConfirmView):
    """An action on one import."""

    permission = IMPORT_SUBSCRIBERS
    header_icon = "upload"

    @cached_property
    def subscriber_import(self) -> SubscriberImport:
        return get_object_or_404(SubscriberImport, pk=self.kwargs["pk"])

    @property
    def back_url(self) -> str:
        return reverse("newsletter_imports:inspect", args=[self.subscriber_import.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("newsletter_imports:index"), "label": _("Imports")},
            {"url": self.back_url, "label": self.subscriber_import.filename},
            {"url": "", "label": self.get_page_title()},
        ]


class BeginImportView(ImportActionView):
    """The dry run was right: write what it says."""

    action_label = gettext_lazy("Import")

    def effects(self) -> list[str]:
        counted = dict(self.subscriber_import.lines.order_by().values_list("outcome").annotate(Count("pk")))
        gone = [
            (_("%(count)s addresses that left or do not work, says the file, are kept out from now on."), LineOutcome.KEPT_OUT),
            (_("%(count)s readers who left, says the file, get nothing more."), LineOutcome.REMOVED),
        ]
        return [
            _("%(count)s new readers get the next issue.") % {"count": counted.get(LineOutcome.NEW, 0)},
            *(words % {"count": counted[outcome]} for words, outcome in gone if outcome in counted),
            _("Readers already there are not changed; addresses that left, complained or came back are left alone."),
            _("Each new reader gets this proof of consent: %(source)s.") % {"source": self.subscriber_import.source},
        ]

    def act(self, form: Any) -> str:
        try:
            begin_import(import_id=self.subscriber_import.pk)
        except ImportRefused as error:
            raise Refused(_("This import is not waiting for you any more.")) from error
        return _("The import has begun.")


class CancelImportView(ImportActionView):
    """The dry run was wrong: forget the file."""

    action_label = gettext_lazy("Forget this file")
    is_destructive = True

    def effects(self) -> list[str]:
        return [_("Nobody was written. The lines of the file are erased.")]

    def act(self, form: Any) -> str:
        try:
            cancel_import(import_id=self.subscriber_import.pk, now=clock.now())
        except ImportRefused as error:
            raise Refused(_("This import is not waiting for you any more.")) from error
        return _("The file is forgotten.")
