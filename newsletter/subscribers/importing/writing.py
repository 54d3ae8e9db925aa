"""What an import writes of a step: new subscribers with their proof, addresses kept out, subscribers taken off."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from newsletter.enums.subscribers import Channel, ConsentAction, LineOutcome, Standing, SubscriberStatus, SuppressionReason
from newsletter.models import Consent, Subscriber, SubscriberImport, SubscriberImportLine, SubscriberTransition
from newsletter.subscribers.importing.validation import LineResult
from newsletter.subscribers.status import change_status, register, suppress

Step = Sequence[tuple[SubscriberImportLine, LineResult]]
REASONS = {
    Standing.BOUNCED: SuppressionReason.BOUNCED,
    Standing.UNSUBSCRIBED: SuppressionReason.UNSUBSCRIBED,
    Standing.COMPLAINED: SuppressionReason.COMPLAINED,
}
STATUSES = {Standing.UNSUBSCRIBED: SubscriberStatus.UNSUBSCRIBED, Standing.COMPLAINED: SubscriberStatus.COMPLAINED}


def write_step(subscriber_import: SubscriberImport, step: Step, now: datetime.datetime) -> None:
    """Inside the transaction of the step."""
    write_new(subscriber_import, [each for each in step if each[1].outcome == LineOutcome.NEW], now)
    for line, result in step:
        if result.outcome == LineOutcome.KEPT_OUT:
            suppress(line.email, REASONS[Standing(line.standing)], now=now)
        elif result.outcome == LineOutcome.REMOVED:
            take_off(subscriber_import, line, now)


def write_new(subscriber_import: SubscriberImport, new: Step, now: datetime.datetime) -> None:
    """The new subscribers with their themes, their proof and their first transition: four statements."""
    subscribers = Subscriber.objects.bulk_create(
        Subscriber(
            email=line.email,
            language=result.language,
            status=SubscriberStatus.SUBSCRIBED,
            created_at=now,
            confirmed_at=agreed_at(subscriber_import, line, now),
        )
        for line, result in new
    )
    through = Subscriber.themes.through
    through.objects.bulk_create(
        through(subscriber_id=subscriber.pk, theme_id=theme)
        for subscriber, (_line, result) in zip(subscribers, new, strict=True)
        for theme in result.themes
    )
    SubscriberTransition.objects.bulk_create(
        SubscriberTransition(
            subscriber=subscriber,
            language=subscriber.language,
            to_status=subscriber.status,
            at=now,
            by=subscriber_import.by,
            reason=f"import {subscriber_import.pk}",
        )
        for subscriber in subscribers
    )
    Consent.objects.bulk_create(
        Consent(
            address_key=line.address_key,
            action=ConsentAction.IMPORTED,
            channel=Channel.IMPORT,
            language=result.language,
            evidence=evidence(subscriber_import, line),
            recorded_by=str(subscriber_import.by or "")[:150],
            at=now,
        )
        for line, result in new
    )


def agreed_at(subscriber_import: SubscriberImport, line: SubscriberImportLine, now: datetime.datetime) -> datetime.datetime:
    """The moment the file gives for this person, else noon of the day given for all of it."""
    noon = timezone.make_aware(datetime.datetime.combine(subscriber_import.agreed_on, datetime.time(12)))
    return min(line.agreed_at or noon, now)


def evidence(subscriber_import: SubscriberImport, line: SubscriberImportLine) -> str:
    """What proves this person's consent: her own dates first, which nothing else holds; the source stays with the import as well."""
    own = line.evidence or f"{subscriber_import.agreed_on:%Y-%m-%d}"
    return f"{own}: {subscriber_import.source}"[:300]


def take_off(subscriber_import: SubscriberImport, line: SubscriberImportLine, now: datetime.datetime) -> None:
    """A subscriber who left or complained elsewhere. Who did so here since we looked has her row already."""
    standing = Standing(line.standing)
    subscriber = Subscriber.objects.select_for_update().get(address_key=line.address_key)
    if subscriber.status != SubscriberStatus.SUBSCRIBED:
        return
    change_status(subscriber, STATUSES[standing], now=now, by=subscriber_import.by, reason=f"import {subscriber_import.pk}")
    action, told = ConsentAction.WITHDRAWN, f"{subscriber_import.source}, row {line.number}"
    register(
        subscriber.email, action, channel=Channel.IMPORT, language=subscriber.language, now=now, evidence=told, by=subscriber_import.by
    )
    suppress(subscriber.email, REASONS[standing], now=now)
