"""Bounces with their verdict, and what subscribers wrote back: to see, to overturn, to deal with."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.listing import DayColumn, IndexView, InspectView
from core.backoffice.permissions import staff
from newsletter.backoffice.subscribers.forms import ReasonForm
from newsletter.backoffice.subscribers.permissions import CHANGE_REPLIES, CHANGE_SUBSCRIBERS
from newsletter.bounces.record import CannotOverturn, finish_reply, overturn_bounce
from newsletter.enums.bounces import BounceKind
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.models import Bounce, Issue, Reply


def issue_of(row: Bounce | Reply) -> Issue | None:
    """The issue a bounce or a reply is about."""
    return Issue.objects.filter(deliveries=row.delivery_id).first() if row.delivery_id else None


class BounceIndexView(IndexView):
    """What came back, the latest first. No export: nothing here is for elsewhere."""

    FORMATS: Any = ()
    default_ordering = "-at"
    search_fields = ("subscriber__email", "code", "words")
    list_display = (
        TitleColumn(
            "subscriber",
            label=gettext_lazy("Reader"),
            accessor=lambda row: str(row.subscriber or "–"),
            url_name="newsletter_bounces:inspect",
        ),
        DayColumn("at", label=gettext_lazy("Day"), sort_key="at"),
        StatusTagColumn(
            "kind",
            label=gettext_lazy("Kind"),
            accessor=lambda row: _("overturned") if row.overturned_at else row.get_kind_display(),
            primary=lambda row: not row.overturned_at and row.kind in {BounceKind.HARD, BounceKind.COMPLAINT},
            sort_key="kind",
        ),
        Column("reason", label=gettext_lazy("Why"), accessor=lambda row: row.get_reason_display() or "–", sort_key="reason"),
        Column("code", label=gettext_lazy("Code"), accessor=lambda row: row.code or "–"),
        Column("words", label=gettext_lazy("Words of the server")),
        Column("channel", label=gettext_lazy("Heard from"), accessor="get_channel_display"),
    )


class BounceInspectView(InspectView):
    """One bounce: what was said, and what was made of it."""

    template_name = "newsletter/backoffice/bounce_inspect.html"
    page_title = gettext_lazy("Bounce")

    @cached_property
    def header_buttons(self) -> list[Any]:
        is_open = not self.object.overturned_at and self.object.kind != BounceKind.COMPLAINT
        overturns = is_open and self.request.user.has_perm(CHANGE_SUBSCRIBERS)
        return self.action_buttons([(overturns, _("Overturn"), "overturn_bounce", "undo")], HeaderButton)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"issue": issue_of(self.object)}


class OverturnBounceView(ObjectActionView[Bounce]):
    """The verdict is wrong: an officer knows better than a server's words."""

    model = Bounce
    viewset_name = "newsletter_bounces"
    permission = CHANGE_SUBSCRIBERS
    action_label = gettext_lazy("Overturn the verdict")
    form_class = ReasonForm
    header_icon = "undo"
    done = gettext_lazy("The verdict is overturned.")
    log_action = "newsletter.overturn_bounce"
    refusals: ClassVar = {CannotOverturn: gettext_lazy("A complaint is the reader's own word, and what is overturned already stays so.")}

    def log_title(self) -> str:
        return str(self.object.pk)

    def effects(self) -> list[str]:
        told = [_("“%(reason)s” no longer counts.") % {"reason": self.object.get_reason_display() or self.object.get_kind_display()}]
        subscriber = self.object.subscriber
        if subscriber and subscriber.status == SubscriberStatus.BOUNCED:
            told.append(_("The reader gets the newsletter again, unless another bounce says the same."))
        return told

    def step(self, form: Any) -> None:
        overturn_bounce(bounce=self.object, reason=form.cleaned_data["reason"], by=staff(self.request), now=clock.now())


class ReplyIndexView(IndexView):
    """What people wrote to the address of the newsletter, those nobody has dealt with first."""

    FORMATS: Any = ()
    default_ordering = "-at"
    search_fields = ("subscriber__email", "sender", "subject", "text")
    list_display = (
        TitleColumn(
            "subject", label=gettext_lazy("Subject"), accessor=lambda row: row.subject or "–", url_name="newsletter_replies:inspect"
        ),
        DayColumn("at", label=gettext_lazy("Day"), sort_key="at"),
        Column("subscriber", label=gettext_lazy("Reader"), accessor=lambda row: row.subscriber or row.sender or "–"),
        StatusTagColumn(
            "done_at",
            label=gettext_lazy("Status"),
            accessor=lambda row: _("dealt with") if row.done_at else _("asks to leave") if row.asks_to_leave else _("to be read"),
            primary=lambda row: not row.done_at,
            sort_key="done_at",
        ),
    )


class ReplyInspectView(InspectView):
    """One of them: about which issue, when, in which words."""

    template_name = "newsletter/backoffice/reply_inspect.html"
    page_title = gettext_lazy("Reply of a reader")

    @cached_property
    def header_buttons(self) -> list[Any]:
        user, subscriber = self.request.user, self.object.subscriber
        finishes = user.has_perm(CHANGE_REPLIES) and not self.object.done_at
        buttons = self.action_buttons([(finishes, _("Dealt with"), "finish_reply", "check")], HeaderButton)
        if subscriber and user.has_perm(CHANGE_SUBSCRIBERS) and subscriber.status != SubscriberStatus.UNSUBSCRIBED:
            url = reverse("newsletter_backoffice:unsubscribe_subscriber", args=[subscriber.pk])
            buttons.append(HeaderButton(_("Unsubscribe"), url=url, icon_name="circle-xmark"))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"issue": issue_of(self.object)}


class FinishReplyView(ObjectActionView[Reply]):
    """Somebody read it and did what it asks for."""

    model = Reply
    viewset_name = "newsletter_replies"
    permission = CHANGE_REPLIES
    action_label = gettext_lazy("Mark as dealt with")
    header_icon = "check"
    done = gettext_lazy("The reply is dealt with.")
    log_action = "newsletter.finish_reply"

    def log_title(self) -> str:
        return str(self.object.pk)

    def effects(self) -> list[str]:
        return [_("It leaves the list of what is to be read. Nobody is unsubscribed or written to by it.")]

    def step(self, form: Any) -> None:
        finish_reply(reply=self.object, by=staff(self.request), now=clock.now())
