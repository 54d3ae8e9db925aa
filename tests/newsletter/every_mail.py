"""Every mail about reading the newsletter, written to somebody."""

from collections.abc import Callable

from django.utils import timezone

from core.models import OutgoingMail, Theme
from newsletter.enums.subscribers import Channel
from newsletter.subscribers import mails
from tests.core.factories import ThemeFactory
from tests.newsletter.factories import SubscriberFactory, SubscriptionRequestFactory

THEME = "Hamac"  # a word in none of the three languages' sentences
Write = Callable[[str], OutgoingMail]


def confirm(language: str, **fields: object) -> OutgoingMail:
    subscription_request = SubscriptionRequestFactory(language=language, **fields)
    return mails.confirmation(subscription_request, unsubscribe_token="t" * 22, about="request", now=timezone.now())


def chosen_theme() -> int:
    theme = Theme.objects.filter(slug="hamac").first() or ThemeFactory(slug="hamac", name_fr=THEME, name_nl=THEME, name_en=THEME)
    return int(theme.pk)


CASES: dict[str, Write] = {
    "confirm": confirm,
    "confirm, with themes": lambda language: confirm(language, themes=[chosen_theme()]),
    "confirm, from an enrolment": lambda language: confirm(language, channel=Channel.ENROLMENT),
    "already": lambda language: mails.already_subscribed(SubscriberFactory(language=language), about="reader", now=timezone.now()),
}
