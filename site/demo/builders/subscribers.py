"""Invented readers of the newsletter over two years: they came, some left, one address broke."""

import datetime
import random

from core import clock
from core.models import Theme
from core.text.email_addresses import normalised
from newsletter.bounces.record import record_bounce
from newsletter.consent_texts import ENROLMENT, FORM
from newsletter.enums.bounces import BounceChannel, BounceReason
from newsletter.enums.subscribers import Channel
from newsletter.models import Subscriber, SubscriptionRequest
from newsletter.subscribers.preferences import unsubscribe
from newsletter.subscribers.status import record
from newsletter.subscribers.subscribe import confirm_subscription

NAMES = (
    "amal", "bart", "celine", "dieter", "elif", "fatou", "gert", "hanane", "ines", "joris", "karim", "lotte", "mehdi", "nele",
    "oumar", "paola", "quinten", "rachida", "sander", "tatiana", "ulrike", "vincent", "wout", "xenia", "yasmina", "zeno",
    "alix", "bram", "chaima", "daan", "emre", "femke", "gabriel", "hilde", "ilyas", "julie", "kobe", "leila", "maarten", "nora",
)  # fmt: skip
LANGUAGES = ("fr", "nl", "fr", "en", "fr", "nl", "fr", "fr", "nl", "fr")
MONTHS = 24
LEAVERS = {4, 11, 17, 26, 33}
UNCONFIRMED = {37, 39}
BROKEN = 21


def build_subscribers() -> None:
    """Forty readers, each through the services of the form and its mailed link; no mail leaves."""
    if Subscriber.objects.exists():
        return
    now = clock.now()
    dice = random.Random(2026)  # noqa: S311 (the same demo every time)
    themes = list(Theme.objects.values_list("pk", flat=True))
    for rank, name in enumerate(NAMES):
        # More and more come: the square root leans the years towards today.
        age = MONTHS * 30 * (1 - ((rank + 1) / len(NAMES)) ** 0.7)
        at = (now - datetime.timedelta(days=age + dice.uniform(1, 14))).replace(hour=7 + rank % 10, minute=dice.randrange(60))
        _build_subscriber(rank, name, at, dice.sample(themes, dice.choice((0, 1, 2, 3))), now)
    Subscriber.objects.update(is_example=True)


def _build_subscriber(rank: int, name: str, at: datetime.datetime, themes: list[int], now: datetime.datetime) -> None:
    from_enrolment = rank % 6 == 5
    subscription_request = SubscriptionRequest.objects.create(
        email=normalised(f"{name}@example.org"),
        language=LANGUAGES[rank % len(LANGUAGES)],
        themes=[] if from_enrolment else themes,
        channel=Channel.ENROLMENT if from_enrolment else Channel.FORM,
        wording=ENROLMENT if from_enrolment else FORM,
        created_at=at,
    )
    if rank in UNCONFIRMED:
        subscriber = Subscriber.objects.create(email=subscription_request.email, language=subscription_request.language, created_at=at)
        record(subscriber, "", now=at, reason=f"asked ({subscription_request.channel})")
        return
    subscriber = confirm_subscription(subscription_request=subscription_request, now=min(at + datetime.timedelta(hours=3), now))
    if rank in LEAVERS:
        unsubscribe(subscriber=subscriber, channel=Channel.ONE_CLICK, now=at + (now - at) * 0.6)
    if rank == BROKEN:
        reference = f"demo:{name}"
        record_bounce(
            reason=BounceReason.NO_MAILBOX,
            channel=BounceChannel.MAILBOX,
            reference=reference,
            now=at + (now - at) * 0.5,
            email=subscriber.email,
            code="5.1.1",
            words="550 5.1.1 User unknown",
        )
