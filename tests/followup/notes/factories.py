"""Notes and who read them."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from followup.models import Note, NoteCount, NoteReading, TeamChange
from followup.notes.sealing import seal
from tests.followup.factories import FileFactory


class NoteFactory(DjangoModelFactory[Note]):
    """Just written, by nobody known; `text` is sealed."""

    class Meta:
        model = Note

    class Params:
        text = "L’équipe accueille trois nouveaux collègues."

    file = factory.SubFactory(FileFactory)
    sealed = factory.LazyAttribute(lambda row: seal(row.text))
    written_at = factory.LazyFunction(timezone.now)


class NoteReadingFactory(DjangoModelFactory[NoteReading]):
    class Meta:
        model = NoteReading

    note = factory.SubFactory(NoteFactory)
    at = factory.LazyFunction(timezone.now)


class NoteCountFactory(DjangoModelFactory[NoteCount]):
    class Meta:
        model = NoteCount

    file = factory.SubFactory(FileFactory)
    year = 2024
    notes = 3


class TeamChangeFactory(DjangoModelFactory[TeamChange]):
    """Somebody joined."""

    class Meta:
        model = TeamChange

    file = factory.SubFactory(FileFactory)
    has_joined = True
    at = factory.LazyFunction(timezone.now)
