"""The mails about subscribing, one function each. They quote nothing a stranger typed, except the email address."""

import datetime

from core.mail.message import queue_mail
from core.models import OutgoingMail, Theme
from newsletter.links import confirm_url, preferences_url, unsubscribe_url
from newsletter.models import Subscriber, SubscriptionRequest

# Prefix of their `kind`.
KINDS = "newsletter/mail/"


def confirmation(subscription_request: SubscriptionRequest, *, unsubscribe_token: str, about: str, now: datetime.datetime) -> OutgoingMail:
    """The confirmation link, and a link that blocks the email address for good."""
    context = {
        "confirm_url": confirm_url(subscription_request.token),
        "never_url": unsubscribe_url(unsubscribe_token),
        "themes": list(Theme.objects.filter(pk__in=subscription_request.themes)),
        "from_enrolment": subscription_request.channel == "enrolment",
    }
    return queue_mail(
        template="newsletter/mail/confirm",
        to=subscription_request.email,
        language=subscription_request.language,
        context=context,
        about=about,
        now=now,
    )


def already_subscribed(subscriber: Subscriber, *, about: str, now: datetime.datetime) -> OutgoingMail:
    """Answer to a second subscription: already subscribed, with the link to the preferences."""
    context = {"preferences_url": preferences_url(subscriber.token), "unsubscribe_url": unsubscribe_url(subscriber.token)}
    return queue_mail(
        template="newsletter/mail/already", to=subscriber.email, language=subscriber.language, context=context, about=about, now=now
    )
