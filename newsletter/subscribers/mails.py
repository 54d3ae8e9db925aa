"""The mails about subscribing, one function each. What a stranger typed never stands in them, the address apart."""

import datetime

from core.mail.message import queue_mail
from core.models import OutgoingMail, Theme
from newsletter.links import confirm_url, leave_url, preferences_url
from newsletter.models import Subscriber, SubscriptionRequest

# What the kind of each of them begins with.
KINDS = "newsletter/mail/"


def confirmation(subscription_request: SubscriptionRequest, *, leave_key: str, about: str, now: datetime.datetime) -> OutgoingMail:
    """One step is left: the link that confirms, and the one that says never again."""
    context = {
        "confirm_url": confirm_url(subscription_request.token),
        "never_url": leave_url(leave_key),
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
    """Somebody, probably you, subscribed again: you are a reader, and here you can change it."""
    context = {"preferences_url": preferences_url(subscriber.token), "leave_url": leave_url(subscriber.token)}
    return queue_mail(
        template="newsletter/mail/already", to=subscriber.email, language=subscriber.language, context=context, about=about, now=now
    )
