"""Subscribers: the listing, the page of one with its history, and the actions."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.listing import DayColumn, IndexView, InspectView, status_column
from core.backoffice.permissions import staff
from newsletter.backoffice.subscribers.forms import ReasonForm
from newsletter.backoffice.subscribers.permissions import CHANGE_SUBSCRIBERS, ERASE_SUBSCRIBERS, EXPORT_SUBSCRIBERS
from newsletter.consent_texts import WORDINGS
from newsletter.enums.subscribers import Channel, SubscriberStatus
from newsletter.models import Consent, Subscriber, Suppression
from newsletter.subscribers.preferences import erase_subscriber, unsubscribe
from newsletter.subscribers.reinstate import CannotReinstate, reinstate_subscriber


class SubscriberIndexView(IndexView):
    """All subscribers, the latest first. Taking the list away is a permission of its own."""

    default_ordering = "-created_at"
    search_fields = ("email",)
    list_display = (
        "email",
        "language",
        Column("themes", label=gettext_lazy("Themes"), accessor=lambda row: row.theme_names or "–"),
        status_column(SubscriberStatus.SUBSCRIBED),
        DayColumn("created_at", label=gettext_lazy("Known since"), sort_key="created_at"),
    )
    list_export = ("email", "get_language_display", "theme_names", "get_status_display", "created_at", "confirmed_at", "unsubscribed_at")
    export_headings = {  # noqa: RUF012 (Wagtail's attribute)
        "get_language_display": gettext_lazy("Language"),
        "theme_names": gettext_lazy("Themes"),
        "get_status_display": gettext_lazy("Status"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "export" in request.GET and not request.user.has_perm(EXPORT_SUBSCRIBERS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def show_export_buttons(self) -> bool:
        return bool(self.request.user.has_perm(EXPORT_SUBSCRIBERS))

    def rows_for(self, user: Any) -> QuerySet[Subscriber]:
        return Subscriber.objects.prefetch_related("themes")


class SubscriberInspectView(InspectView):
    """One subscriber: status, consents, bounces."""

    template_name = "newsletter/backoffice/subscriber_inspect.html"
    page_title = gettext_lazy("Reader")

    @cached_property
    def header_buttons(self) -> list[Any]:
        reinstates = self.object.status == SubscriberStatus.BOUNCED and self.request.user.has_perm(CHANGE_SUBSCRIBERS)
        return self.action_buttons([(reinstates, _("The address works again"), "reinstate_subscriber", "undo")], HeaderButton)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        unsubscribes = self.object.status != SubscriberStatus.UNSUBSCRIBED and self.request.user.has_perm(CHANGE_SUBSCRIBERS)
        steps = [
            (unsubscribes, _("Unsubscribe"), "unsubscribe_subscriber", "circle-xmark"),
            (self.request.user.has_perm(ERASE_SUBSCRIBERS), _("Erase"), "erase_subscriber", "bin"),
        ]
        return self.action_buttons(steps)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consents = [(each, consent_text_of(each)) for each in Consent.objects.of(self.object.email)]
        return super().get_context_data(**kwargs) | {
            "consents": consents,
            "transitions": self.object.transitions.select_related("by"),
            "bounces": self.object.bounces.all()[:20],
            "suppression": Suppression.objects.filter(address_key=self.object.address_key).first(),
        }


def consent_text_of(consent: Consent) -> str:
    """The consent text, in the language it was shown in."""
    with translation.override(consent.language):
        return str(WORDINGS.get(consent.wording, ""))


class SubscriberActionView(ObjectActionView[Subscriber]):
    """An action on one subscriber."""

    model = Subscriber
    viewset_name = "newsletter_subscribers"
    header_icon = "user"

    def log_title(self) -> str:
        return str(self.object.pk)


class UnsubscribeSubscriberView(SubscriberActionView):
    """Asked by phone or letter."""

    permission = CHANGE_SUBSCRIBERS
    action_label = gettext_lazy("Unsubscribe this reader")
    log_action = "newsletter.unsubscribe_reader"
    done = gettext_lazy("The reader is unsubscribed.")
    is_destructive = True

    def effects(self) -> list[str]:
        return [
            _("Nothing more leaves for this address, from this moment on. It gets no mail about it."),
            _("Only the person can come back, by the form."),
        ]

    def step(self, form: Any) -> None:
        unsubscribe(subscriber=self.object, channel=Channel.STAFF, now=clock.now())


class EraseSubscriberView(SubscriberActionView):
    """A request for erasure."""

    permission = ERASE_SUBSCRIBERS
    action_label = gettext_lazy("Erase this reader")
    log_action = "newsletter.erase_reader"
    done = gettext_lazy("The reader is erased.")
    is_destructive = True
    is_done = False

    def effects(self) -> list[str]:
        return [
            _("The address, its choices and the mails about it are erased, and it leaves the newsletter. This cannot be undone."),
            _("A fingerprint of the address stays, so that no import brings it back; so do the dates of its consents, without a name."),
        ]

    def step(self, form: Any) -> None:
        number = self.object.pk
        erase_subscriber(subscriber=self.object, channel=Channel.STAFF, now=clock.now())
        self.object.pk = number  # the row is gone; the log still says which one it was
        self.is_done = True

    @property
    def back_url(self) -> str:
        return self.index_url if self.is_done else super().back_url


class ReinstateSubscriberView(SubscriberActionView):
    """Mails bounced, and the person says that the email address works."""

    permission = CHANGE_SUBSCRIBERS
    action_label = gettext_lazy("Send to this address again")
    form_class = ReasonForm
    log_action = "newsletter.reinstate_reader"
    done = gettext_lazy("The reader gets the newsletter again.")
    refusals: ClassVar = {
        CannotReinstate: gettext_lazy("Only an address whose mails came back can be tried again. Who left or complained must ask herself.")
    }

    def effects(self) -> list[str]:
        return [_("The reader gets the next issue. Bounces of before no longer count.")]

    def step(self, form: Any) -> None:
        reinstate_subscriber(subscriber=self.object, reason=form.cleaned_data["reason"], by=staff(self.request), now=clock.now())
