"""The mails about subscribing and to the officers, one function each. No words of a stranger stand in them, her e-mail address apart."""

import datetime

from django.conf import settings
from django.urls import reverse

from core.mail.message import queue_mail
from core.models import OutgoingMail, Theme, User
from newsletter.enums.issues import IssueStatus
from newsletter.links import confirm_url, leave_url, preferences_url
from newsletter.models import Issue, Subscriber, SubscriptionWish
from newsletter.roles import COMMUNICATION_OFFICER

# What the kind of each of them begins with.
KINDS = "newsletter/mail/"


def confirm_subscription(wish: SubscriptionWish, *, leave_key: str, about: str, now: datetime.datetime) -> OutgoingMail:
    """One step is left: the link that confirms, and the one that says never again."""
    context = {
        "confirm_url": confirm_url(wish.token),
        "never_url": leave_url(leave_key),
        "themes": list(Theme.objects.filter(pk__in=wish.themes)),
        "from_enrolment": wish.channel == "enrolment",
    }
    return queue_mail(template="newsletter/mail/confirm", to=wish.email, language=wish.language, context=context, about=about, now=now)


def already_subscribed(subscriber: Subscriber, *, about: str, now: datetime.datetime) -> OutgoingMail:
    """Somebody, probably you, subscribed again: you are a reader, and here you can change it."""
    context = {"preferences_url": preferences_url(subscriber.token), "leave_url": leave_url(subscriber.token)}
    return queue_mail(
        template="newsletter/mail/already", to=subscriber.email, language=subscriber.language, context=context, about=about, now=now
    )


def issue_in_trouble(issue: Issue, *, now: datetime.datetime) -> list[OutgoingMail]:
    """To everybody who sends the newsletter, in French: mails of an issue do not get through."""
    officers = User.objects.filter(groups__name=COMMUNICATION_OFFICER.name, is_active=True).order_by("pk")
    context = {
        "issue": issue,
        "is_paused": issue.status == IssueStatus.PAUSED,
        "desk_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("newsletter_issues:inspect", args=[issue.pk]),
    }
    return [
        queue_mail(
            template="newsletter/mail/issue_trouble",
            to=user.email,
            language=settings.LANGUAGE_CODE,
            context=context,
            about=f"issue:{issue.pk}",
            now=now,
        )
        for user in officers
    ]
