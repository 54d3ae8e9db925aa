"""Receivers of the signals of trainings and of mail providers."""

import datetime
from typing import Any

from anymail.signals import tracking
from django.dispatch import receiver

from core import clock
from newsletter.consent_texts import ENROLMENT
from newsletter.enums.subscribers import BounceChannel, Channel
from newsletter.models import Subscriber
from newsletter.returns.codes import code_in
from newsletter.returns.events import kind_of_event, reference_of_event, wants_to_leave, words_of
from newsletter.services.bounces import record_bounce
from newsletter.subscribers.preferences import unsubscribe
from newsletter.subscribers.subscribe import request_subscription
from newsletter.verp import decode_message_id
from trainings.signals import newsletter_wished


@receiver(newsletter_wished, dispatch_uid="newsletter.request_of_an_enrolment")
def request_from_enrolment(*, email: str, language: str, at: datetime.datetime, **kwargs: Any) -> None:
    """The box of the enrolment form was ticked: a request like any other, confirmed by mail before anything happens."""
    request_subscription(email=email, language=language, channel=Channel.ENROLMENT, wording=ENROLMENT, now=at)


@receiver(tracking, dispatch_uid="newsletter.event_of_a_provider")
def handle_provider_event(*, event: Any, esp_name: str, **kwargs: Any) -> None:
    """A mail provider reports a bounce, a complaint or an unsubscription."""
    now = clock.now()
    if wants_to_leave(event):
        subscriber = Subscriber.objects.by_email(event.recipient or "").first()
        if subscriber:
            unsubscribe(subscriber=subscriber, channel=Channel.LINK, now=now)
        return
    kind = kind_of_event(event)
    if kind is None:
        return
    words = words_of(event)
    record_bounce(
        kind=kind,
        channel=BounceChannel.WEBHOOK,
        reference=reference_of_event(esp_name, event),
        now=now,
        delivery_id=decode_message_id(event.message_id or ""),
        email=event.recipient or "",
        code=code_in(words),
        words=words,
    )
