"""Readers as tests need them."""

import datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from newsletter.consent_texts import FORM
from newsletter.enums.bounces import BounceChannel, BounceKind, BounceReason
from newsletter.enums.subscribers import Channel, ImportStatus, SubscriberStatus
from newsletter.models import Bounce, Issue, Reply, Subscriber, SubscriberImport, SubscriberImportLine, SubscriptionRequest


class SubscriberFactory(DjangoModelFactory):
    """Somebody who confirmed a year ago."""

    class Meta:
        model = Subscriber
        skip_postgeneration_save = True

    class Params:
        unconfirmed = factory.Trait(status=SubscriberStatus.UNCONFIRMED, confirmed_at=None)
        left = factory.Trait(
            status=SubscriberStatus.UNSUBSCRIBED, unsubscribed_at=factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(days=30))
        )
        bounced = factory.Trait(status=SubscriberStatus.BOUNCED)

    email = factory.Sequence(lambda n: f"reader-{n}@example.org")
    language = "fr"
    status = SubscriberStatus.SUBSCRIBED
    created_at = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(days=366))
    confirmed_at = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(days=365))

    @factory.post_generation
    def themes(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.themes.set(extracted)


class SubscriptionRequestFactory(DjangoModelFactory):
    """Somebody filled in the form a moment ago."""

    class Meta:
        model = SubscriptionRequest

    email = factory.Sequence(lambda n: f"request-{n}@example.org")
    language = "fr"
    channel = Channel.FORM
    wording = FORM
    created_at = factory.LazyFunction(timezone.now)


class SubscriberImportFactory(DjangoModelFactory):
    """A list that was looked at and waits for a person."""

    class Meta:
        model = SubscriberImport

    filename = "list.csv"
    source = "Paper list of the study morning"
    agreed_on = datetime.date(2026, 3, 12)
    language = "fr"
    status = ImportStatus.CHECKED
    created_at = factory.LazyFunction(timezone.now)


class BounceFactory(DjangoModelFactory):
    """A mail that came back for good."""

    class Meta:
        model = Bounce

    subscriber = factory.SubFactory(SubscriberFactory)
    kind = BounceKind.HARD
    reason = BounceReason.NO_MAILBOX
    channel = BounceChannel.MAILBOX
    code = "5.1.1"
    reference = factory.Sequence(lambda n: f"bounce-{n}")
    at = factory.LazyFunction(timezone.now)


class ReplyFactory(DjangoModelFactory):
    """A reader wrote to the address our mail came from."""

    class Meta:
        model = Reply

    subscriber = factory.SubFactory(SubscriberFactory)
    sender = "nora@example.org"
    subject = "Re: Smes"
    text = "Please take me off your list."
    asks_to_leave = True
    reference = factory.Sequence(lambda n: f"reply-{n}")
    at = factory.LazyFunction(timezone.now)


class SubscriberImportLineFactory(DjangoModelFactory):
    """A line of such a list."""

    class Meta:
        model = SubscriberImportLine

    subscriber_import = factory.SubFactory(SubscriberImportFactory)
    number = factory.Sequence(lambda n: n + 1)
    email = factory.Sequence(lambda n: f"line-{n}@example.org")


class IssueFactory(DjangoModelFactory):
    """An issue, a month each."""

    class Meta:
        model = Issue

    number = factory.Sequence(lambda n: n + 1)
    month = factory.LazyAttribute(lambda issue: datetime.date(2020 + issue.number // 12, issue.number % 12 + 1, 1))
