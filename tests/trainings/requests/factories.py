"""Requests of organisations and their proposals."""

import datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.trainings.factories import ModuleFactory, SessionFactory
from trainings.enums import SessionKind
from trainings.models import (
    Proposal,
    ProposalPart,
    TrainingRequest,
)


class TrainingRequestFactory(DjangoModelFactory[TrainingRequest]):
    """Received a moment ago, nobody in charge."""

    class Meta:
        model = TrainingRequest
        skip_postgeneration_save = True

    module = factory.SubFactory(ModuleFactory)
    organisation_name = factory.Sequence(lambda n: f"Maison Exemple {n}")
    name = factory.Sequence(lambda n: f"Alix Exemple {n}")
    email = factory.Sequence(lambda n: f"contact{n}@example.org")
    purpose = "Nous accueillons depuis peu des personnes qui consomment."
    created_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def history(self: TrainingRequest, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]
        if create:
            self.transitions.create(to_status=self.status, at=self.created_at)


class ProposalFactory(DjangoModelFactory[Proposal]):
    """A draft without a training; valid for a month."""

    class Meta:
        model = Proposal

    request = factory.SubFactory(TrainingRequestFactory)
    version = 1
    price = "900 €, déplacement compris"
    valid_until = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=30))


class ProposalPartFactory(DjangoModelFactory[ProposalPart]):
    """One module, planned as a session of its own."""

    class Meta:
        model = ProposalPart

    proposal = factory.SubFactory(ProposalFactory)
    module = factory.SubFactory(ModuleFactory)
    session = factory.SubFactory(SessionFactory, kind=SessionKind.IN_HOUSE_TRAINING)
