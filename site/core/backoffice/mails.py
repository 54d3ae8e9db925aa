"""Mails in the Wagtail admin: a listing and one mail, nothing to edit. A failed one can be sent again."""

import re
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from core.backoffice.actions import ObjectActionView
from core.backoffice.listing import DayColumn, FigureColumn, IndexView, InspectView, status_column
from core.backoffice.menu import MenuOrder
from core.backoffice.screens import RowsMixin
from core.backoffice.viewsets import ReadOnlyViewSet
from core.mail.requeue import CannotRequeue, requeue_mail
from core.models.mail import MailStatus, OutgoingMail

CHANGE_MAILS = "core.change_outgoingmail"
# Who holds such a link acts in the name of a person. The back-office shows what a mail said, never the keys in it.
SECRET = re.compile(r"(?<=/)[\w-]{43}(?![\w-])|(?<=/n/[a-z]/)[\w-]{22}(?![\w-])|(?<=/)[0-9a-z]+-[0-9a-f]{32}(?![\w-])")


class MailFilterSet(WagtailFilterSet):
    """Mails."""

    status = django_filters.MultipleChoiceFilter(label=gettext_lazy("Status"), choices=MailStatus.choices, widget=CheckboxSelectMultiple)
    kind = django_filters.AllValuesFilter(label=gettext_lazy("Kind"))
    created_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Written"), widget=DateRangePickerWidget)

    class Meta:
        model = OutgoingMail
        fields: ClassVar = ["status", "kind", "created_at"]


class MailRows(RowsMixin):
    """Mails of the reader's own work."""

    def rows_for(self, user: Any) -> QuerySet[OutgoingMail]:
        return OutgoingMail.objects.seen_by(user)

    def object_name(self, row: OutgoingMail) -> str:
        return row.subject


class MailIndexView(MailRows, IndexView):
    """The latest first. No export: addresses and words of people do not leave."""

    FORMATS: Any = ()
    default_ordering = "-created_at"
    search_fields = ("to", "subject", "about")
    list_display = (
        "subject",
        "to",
        DayColumn("created_at", label=gettext_lazy("Written"), sort_key="created_at"),
        status_column(MailStatus.SENT),
        FigureColumn("attempts", label=gettext_lazy("Tries"), sort_key="attempts"),
    )

    def rows_for(self, user: Any) -> QuerySet[OutgoingMail]:
        return super().rows_for(user).defer("text", "html", "attachments")


class MailInspectView(MailRows, InspectView):
    """One mail: where it stands, what it says."""

    template_name = "core/mail_inspect.html"
    page_title = gettext_lazy("Mail")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_send = self.object.status == MailStatus.FAILED and self.request.user.has_perm(CHANGE_MAILS)
        return super().get_context_data(**kwargs) | {
            "text": SECRET.sub("…", self.object.text),
            "files": [each["name"] for each in self.object.attachments],
            "may_send": may_send,
        }


class RequeueMailView(MailRows, ObjectActionView[OutgoingMail]):
    """Gives a failed mail all its tries again."""

    model = OutgoingMail
    viewset_name = "core_mails"
    permission = CHANGE_MAILS
    header_icon = "mail"
    action_label = gettext_lazy("Send it again")
    log_action = "core.requeue_mail"
    done = gettext_lazy("The mail is in the queue again.")
    refusals: ClassVar = {
        CannotRequeue: lambda refusal: _("Only a failed mail can be sent again; this one is %(status)s.") % {"status": refusal}
    }

    def effects(self) -> list[str]:
        return [_("The mail leaves once more, to %(address)s, with the words it had.") % {"address": self.object.to}]

    def step(self, form: Any) -> None:
        requeue_mail(mail_id=self.object.pk)

    def log_title(self) -> str:
        """The history outlives the mail: it keeps which kind it was, never to whom."""
        return self.object.kind


class MailViewSet(ReadOnlyViewSet):
    """Outgoing mails."""

    model = OutgoingMail
    name = "core_mails"
    url_prefix = "mails"
    icon = "mail"
    menu_label = gettext_lazy("Mails")
    menu_order = MenuOrder.MAILS
    add_to_admin_menu = True
    index_view_class = MailIndexView
    inspect_view_class = MailInspectView
    filterset_class = MailFilterSet

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("requeue/<int:pk>/", RequeueMailView.as_view(), name="requeue")]
