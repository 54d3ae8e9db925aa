"""Mails in the Wagtail admin: a listing and one mail, nothing to edit. A failed one can be sent again."""

import re
from typing import Any, ClassVar

import django_filters
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from core.backoffice.listing import OwnInspectView
from core.mail.requeue import CannotRequeue, requeue_mail
from core.models.mail import MailStatus, OutgoingMail

CHANGE_MAILS = "core.change_outgoingmail"
# Who holds such a link acts in the name of a person. The back-office shows what a mail said, never the keys in it.
SECRET = re.compile(r"(?<=/)[\w-]{43}(?![\w-])|(?<=/n/[a-z]/)[\w-]{22}(?![\w-])")


class MailFilterSet(WagtailFilterSet):
    """Mails."""

    status = django_filters.MultipleChoiceFilter(label=gettext_lazy("Status"), choices=MailStatus.choices, widget=CheckboxSelectMultiple)
    kind = django_filters.AllValuesFilter(label=gettext_lazy("Kind"))
    created_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Written"), widget=DateRangePickerWidget)

    class Meta:
        model = OutgoingMail
        fields: ClassVar = ["status", "kind", "created_at"]


class MomentColumn(Column):
    """A moment as day and minute."""

    def get_value(self, instance: OutgoingMail) -> str:
        moment = super().get_value(instance)
        return f"{date_format(localtime(moment), 'j M Y')}, {localtime(moment):%H:%M}" if moment else "–"


class MailIndexView(generic.IndexView):
    """The latest first, of the reader's own work. No export: addresses and words of people do not leave."""

    FORMATS = ()
    any_permission_required = ("view",)
    default_ordering = "-created_at"
    is_searchable = True
    search_fields = ("to", "subject", "about")

    def get_base_queryset(self) -> QuerySet[OutgoingMail]:
        return OutgoingMail.objects.seen_by(self.request.user).defer("text", "html", "attachments")

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("subject", label=_("Subject"), get_url=lambda mail: reverse("core_mails:inspect", args=[mail.pk])),
            Column("to", label=_("To"), sort_key="to"),
            MomentColumn("created_at", label=_("Written"), sort_key="created_at"),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor=lambda mail: mail.get_status_display(),
                primary=lambda mail: mail.status == MailStatus.SENT,
                sort_key="status",
            ),
            Column("attempts", label=_("Tries"), sort_key="attempts"),
        ]


class MailInspectView(OwnInspectView):
    """One mail: where it stands, what it says."""

    any_permission_required = ("view",)
    template_name = "core/mail_inspect.html"
    page_title = gettext_lazy("Mail")

    def rows_for(self, user: Any) -> QuerySet[OutgoingMail]:
        return OutgoingMail.objects.seen_by(user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("core_mails:index"), "label": _("Mails")},
            {"url": "", "label": self.object.subject},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_send = self.object.status == MailStatus.FAILED and self.request.user.has_perm(CHANGE_MAILS)
        return super().get_context_data(**kwargs) | {
            "text": SECRET.sub("…", self.object.text),
            "files": [each["name"] for each in self.object.attachments],
            "may_send": may_send,
        }


class RequeueMailView(PermissionRequiredMixin, View):
    """Sends a failed mail again. POST only."""

    permission_required = CHANGE_MAILS
    raise_exception = True
    http_method_names = ["post"]  # noqa: RUF012 (Django's own declaration)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        mail = get_object_or_404(OutgoingMail.objects.seen_by(request.user).only("pk"), pk=pk)
        try:
            requeue_mail(mail_id=mail.pk, by=request.user)  # type: ignore[arg-type]  # the admin lets nobody anonymous in
        except CannotRequeue as refusal:
            messages.error(request, _("Only a failed mail can be sent again; this one is %(status)s.") % {"status": refusal})
        else:
            messages.success(request, _("The mail is in the queue again."))
        return redirect("core_mails:inspect", mail.pk)


class MailViewSet(ModelViewSet):
    """Outgoing mails, read-only."""

    model = OutgoingMail
    name = "core_mails"
    url_prefix = "mails"
    icon = "mail"
    menu_label = gettext_lazy("Mails")
    menu_order = 850
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = MailIndexView
    inspect_view_class = MailInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    filterset_class = MailFilterSet
    exclude_form_fields: ClassVar[list[str]] = []
    closed_views: ClassVar[set[str]] = {"add", "edit", "delete", "history", "history_results", "usage"}

    def get_urlpatterns(self) -> list[URLPattern]:
        rest = [each for each in super().get_urlpatterns() if each.name not in self.closed_views]
        return [*rest, path("requeue/<int:pk>/", RequeueMailView.as_view(), name="requeue")]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        closed = {f"{name}_url_name": None for name in self.closed_views}
        merged: dict[str, Any] = super().get_common_view_kwargs(**closed, **kwargs)
        return merged

    def register_admin_url_finder(self) -> None:
        """No form to link to."""
