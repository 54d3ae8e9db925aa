"""Readers as tests need them."""

import datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.models import Theme
from newsletter.enums.readers import SubscriberStatus
from newsletter.models import Subscriber


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


class ThemeFactory(DjangoModelFactory):
    """A theme in three languages."""

    class Meta:
        model = Theme
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"theme-{n}")
    name_fr = "Logement"
    name_nl = "Huisvesting"
    name_en = "Housing"
