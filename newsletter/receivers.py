"""Receivers of the signals of trainings and of mail providers."""

import datetime
from typing import Any

from anymail.signals import tracking
from django.dispatch import receiver

from core import clock
from newsletter.bounces.esp_events import reason_of_event, reference_of_event, wants_to_leave, words_of
from newsletter.bounces.record import record_bounce
from newsletter.bounces.status_codes import code_in
from newsletter.bounces.trouble import watch_issues_of
from newsletter.bounces.verp import decode_message_id
from newsletter.consent_texts import ENROLMENT
from newsletter.enums.bounces import BounceChannel
from newsletter.enums.subscribers import Channel
from newsletter.models import Subscriber
from newsletter.sending.sender import pause_on_failure
from newsletter.signals import trouble_repeats
from newsletter.subscribers.preferences import unsubscribe
from newsletter.subscribers.subscribe import request_subscription
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
    reason = reason_of_event(event)
    if reason is None:
        return
    words = words_of(event)
    bounce = record_bounce(
        reason=reason,
        channel=BounceChannel.WEBHOOK,
        reference=reference_of_event(esp_name, event),
        now=now,
        delivery_id=decode_message_id(event.message_id or ""),
        email=event.recipient or "",
        code=code_in(words),
        words=words,
    )
    watch_issues_of(bounces=[bounce] if bounce else [], now=now)


@receiver(trouble_repeats, dispatch_uid="newsletter.pause_an_issue_in_trouble")
def pause_issue_in_trouble(*, issue_id: int, reason: str, now: datetime.datetime, **kwargs: Any) -> None:
    """Mail after mail comes back, and not for the sake of the subscribers: nothing more leaves before somebody has looked."""
    pause_on_failure(issue_id=issue_id, now=now, reason=reason)
