"""Readers: the listing, one of them with her history, and what can be done for her."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.listing import IndexView, OwnInspectView
from core.backoffice.permissions import staff
from newsletter.backoffice.subscribers.forms import ReasonForm
from newsletter.backoffice.subscribers.permissions import CHANGE_READERS, ERASE_READERS, EXPORT_READERS
from newsletter.consent_texts import WORDINGS
from newsletter.enums.readers import Channel, SubscriberStatus
from newsletter.models import Consent, Subscriber, Suppression
from newsletter.subscribers.preferences import erase_reader, leave
from newsletter.subscribers.reinstate import CannotReinstate, reinstate_reader


class SubscriberIndexView(IndexView):
    """All readers, the latest first. Taking the list away is a permission of its own."""

    any_permission_required = ("view",)
    default_ordering = "-created_at"
    is_searchable = True
    search_fields = ("email",)
    list_export = ("email", "get_language_display", "theme_names", "get_status_display", "created_at", "confirmed_at", "unsubscribed_at")
    export_headings = {  # noqa: RUF012 (Wagtail's attribute)
        "get_language_display": gettext_lazy("Language"),
        "theme_names": gettext_lazy("Themes"),
        "get_status_display": gettext_lazy("Status"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "export" in request.GET and not request.user.has_perm(EXPORT_READERS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def show_export_buttons(self) -> bool:
        return bool(self.request.user.has_perm(EXPORT_READERS))

    def get_base_queryset(self) -> QuerySet[Subscriber]:
        return Subscriber.objects.prefetch_related("themes")

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title(
                "email",
                label=_("E-mail address"),
                sort_key="email",
                get_url=lambda row: reverse("newsletter_readers:inspect", args=[row.pk]),
            ),
            Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
            Column("themes", label=_("Themes"), accessor=lambda row: row.theme_names or "–"),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor=lambda row: row.get_status_display(),
                primary=lambda row: row.status == SubscriberStatus.SUBSCRIBED,
                sort_key="status",
            ),
            Column(
                "created_at",
                label=_("Known since"),
                accessor=lambda row: date_format(localtime(row.created_at), "j M Y"),
                sort_key="created_at",
            ),
        ]


class SubscriberInspectView(OwnInspectView):
    """One reader: where she stands, what she agreed to and when, what came back."""

    any_permission_required = ("view",)
    template_name = "newsletter/backoffice/reader_inspect.html"
    page_title = gettext_lazy("Reader")

    def rows_for(self, user: Any) -> QuerySet[Subscriber]:
        return Subscriber.objects.all()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("newsletter_readers:index"), "label": _("Readers")},
            {"url": "", "label": self.object.email},
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        if self.object.status != SubscriberStatus.BOUNCED or not self.request.user.has_perm(CHANGE_READERS):
            return []
        url = reverse("newsletter_backoffice:reinstate_reader", args=[self.object.pk])
        return [HeaderButton(_("The address works again"), url=url, icon_name="undo")]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        user, pk = self.request.user, self.object.pk
        buttons = []
        if user.has_perm(CHANGE_READERS) and self.object.status != SubscriberStatus.UNSUBSCRIBED:
            url = reverse("newsletter_backoffice:unsubscribe_reader", args=[pk])
            buttons.append(Button(_("Unsubscribe"), url=url, icon_name="circle-xmark"))
        if user.has_perm(ERASE_READERS):
            url = reverse("newsletter_backoffice:erase_reader", args=[pk])
            buttons.append(Button(_("Erase"), url=url, icon_name="bin"))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consents = [(each, words_agreed_to(each)) for each in Consent.objects.of(self.object.email)]
        return super().get_context_data(**kwargs) | {
            "consents": consents,
            "transitions": self.object.transitions.select_related("by"),
            "bounces": self.object.bounces.all()[:20],
            "suppression": Suppression.objects.filter(address_key=self.object.address_key).first(),
        }


def words_agreed_to(consent: Consent) -> str:
    """The very words, in the language in which she read them."""
    with translation.override(consent.language):
        return str(WORDINGS.get(consent.wording, ""))


class ReaderActionView(ConfirmView):
    """An action on one reader."""

    header_icon = "user"

    @cached_property
    def reader(self) -> Subscriber:
        return get_object_or_404(Subscriber, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.reader.email

    @property
    def back_url(self) -> str:
        return reverse("newsletter_readers:inspect", args=[self.kwargs["pk"]])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("newsletter_readers:index"), "label": _("Readers")},
            {"url": self.back_url, "label": self.reader.email},
            {"url": "", "label": self.get_page_title()},
        ]


class UnsubscribeReaderView(ReaderActionView):
    """Somebody asked by phone or letter."""

    permission = CHANGE_READERS
    action_label = gettext_lazy("Unsubscribe this reader")
    is_destructive = True

    def effects(self) -> list[str]:
        return [
            _("Nothing more leaves for this address, from this moment on. It gets no mail about it."),
            _("Only the person can come back, by the form."),
        ]

    def act(self, form: Any) -> str:
        leave(subscriber=self.reader, channel=Channel.STAFF, now=clock.now())
        log(self.reader, "newsletter.unsubscribe_reader", user=staff(self.request), title=str(self.reader.pk))
        return _("The reader is unsubscribed.")


class EraseReaderView(ReaderActionView):
    """Somebody wants to be forgotten."""

    permission = ERASE_READERS
    action_label = gettext_lazy("Erase this reader")
    is_destructive = True
    is_done = False

    def effects(self) -> list[str]:
        return [
            _("The address, its choices and the mails about it are erased, and it leaves the newsletter. This cannot be undone."),
            _("A fingerprint of the address stays, so that no import brings it back; so do the dates of its consents, without a name."),
        ]

    def act(self, form: Any) -> str:
        number = self.reader.pk
        log(self.reader, "newsletter.erase_reader", user=staff(self.request), title=str(number))
        erase_reader(subscriber=self.reader, channel=Channel.STAFF, now=clock.now())
        self.is_done = True
        return _("The reader is erased.")

    @property
    def back_url(self) -> str:
        return reverse("newsletter_readers:index") if self.is_done else super().back_url


class ReinstateReaderView(ReaderActionView):
    """Mails came back, and the person says that her address works."""

    permission = CHANGE_READERS
    action_label = gettext_lazy("Send to this address again")
    form_class = ReasonForm

    def effects(self) -> list[str]:
        return [_("The reader gets the next issue. Bounces of before no longer count.")]

    def act(self, form: Any) -> str:
        try:
            reinstate_reader(subscriber=self.reader, reason=form.cleaned_data["reason"], by=staff(self.request), now=clock.now())
        except CannotReinstate as error:
            raise Refused(
                _("Only an address whose mails came back can be tried again. Who left or complained must ask herself.")
            ) from error
        log(self.reader, "newsletter.reinstate_reader", user=staff(self.request), title=str(self.reader.pk))
        return _("The reader gets the newsletter again.")
