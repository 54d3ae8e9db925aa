"""Requests for support, their files and what was done."""

import datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from followup.enums import EventKind, FileStatus, Pillar, RequestStatus, Source
from followup.models import File, FileEvent, Request
from followup.requests.names import key_of
from followup.requests.status import moment_of


def noon_of(day: datetime.date) -> datetime.datetime:
    """The moment a step of that day is noted for."""
    return moment_of(day, timezone.now())


class RequestFactory(DjangoModelFactory[Request]):
    """Came in today by the form, nobody in charge."""

    class Meta:
        model = Request
        skip_postgeneration_save = True

    pillar = Pillar.MOBILE_TEAM
    source = Source.FORM
    received_on = factory.LazyFunction(timezone.localdate)
    organisation_name = factory.Sequence(lambda n: f"Maison Exemple {n}")
    organisation_key = factory.LazyAttribute(lambda row: key_of(row.organisation_name, 40))
    service_key = factory.LazyAttribute(lambda row: key_of(getattr(row, "service", ""), 30))
    service = ""
    name = "Alix Exemple"
    email = factory.Sequence(lambda n: f"demande{n}@example.org")
    phone = "02 000 00 00"
    text = "L’équipe ne sait plus comment continuer."
    created_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def history(self: Request, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]
        if create:
            self.transitions.create(to_status=self.status, at=noon_of(self.received_on))


class FileFactory(DjangoModelFactory[File]):
    """Opened on the day of its request; nobody is in its team but those named."""

    class Meta:
        model = File
        skip_postgeneration_save = True

    request = factory.SubFactory(RequestFactory, status=RequestStatus.FILE_OPENED)
    opened_on = factory.LazyAttribute(lambda row: row.request.received_on)

    @factory.post_generation
    def members(self: File, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]
        if create:
            self.team.set(extracted or [])
            self.transitions.create(to_status=FileStatus.OPEN, at=noon_of(self.opened_on))


class FileEventFactory(DjangoModelFactory[FileEvent]):
    """A contact, on the day the file was opened."""

    class Meta:
        model = FileEvent

    file = factory.SubFactory(FileFactory)
    kind = EventKind.CONTACT
    held_on = factory.LazyAttribute(lambda row: row.file.opened_on)
    noted_at = factory.LazyFunction(timezone.now)
