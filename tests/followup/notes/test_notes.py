"""The team of a file writes and reads its notes; each reading is known; after 24 months only their number is left."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.models import User
from followup.duties import erase_notes
from followup.enums import FileStatus
from followup.files.team import NotInTheTeam, set_team
from followup.models import File, Note, NoteCount, NoteReading, TeamChange
from followup.notes.access import NotOfTheTeam
from followup.notes.erase import erase_note, last_day_kept
from followup.notes.read import read_notes
from followup.notes.write import write_note
from followup.roles import FOLLOW_UP
from tests.core.people import member
from tests.followup.factories import FileFactory
from tests.followup.notes.factories import NoteFactory

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 30, 9, 0, tzinfo=datetime.UTC)
WORDS = "La direction demande une seconde rencontre."


def worker(**fields: object) -> User:
    return member(FOLLOW_UP.name, **fields)


@pytest.fixture
def nora() -> User:
    return worker(first_name="Nora", last_name="Exemple")


@pytest.fixture
def file(nora: User) -> File:
    opened: File = FileFactory(members=[nora])
    return opened


class TestWritingAndReading:
    def test_a_note_is_read_as_it_was_written(self, file: File, nora: User) -> None:
        note = write_note(file=file, text=f" {WORDS}\n", by=nora, now=NOW)
        [opened] = read_notes(file=file, by=nora, now=NOW)
        assert (opened.note, opened.text) == (note, WORDS)
        assert WORDS not in repr(opened)

    def test_the_database_holds_it_sealed(self, file: File, nora: User) -> None:
        note = write_note(file=file, text=WORDS, by=nora, now=NOW)
        assert "direction" not in note.sealed
        assert note.sealed != write_note(file=file, text=WORDS, by=nora, now=NOW).sealed

    def test_each_reading_leaves_a_row(self, file: File, nora: User) -> None:
        one, other = NoteFactory(file=file), NoteFactory(file=file)
        read_notes(file=file, by=nora, now=NOW)
        read_notes(file=file, by=nora, now=NOW, only=one.pk)
        assert list(NoteReading.objects.values_list("note", "by", "at").order_by("note")) == [
            *[(one.pk, nora.pk, NOW)] * 2,
            (other.pk, nora.pk, NOW),
        ]

    def test_it_is_corrected_by_another_one_of_the_same_file(self, file: File, nora: User) -> None:
        wrong = write_note(file=file, text="Trois.", by=nora, now=NOW)
        right = write_note(file=file, text="Quatre.", by=nora, now=NOW, amends=wrong)
        assert list(wrong.amendments.all()) == [right]
        with pytest.raises(Note.DoesNotExist):
            write_note(file=file, text="Cinq.", by=nora, now=NOW, amends=NoteFactory())

    def test_erased_by_the_team_its_text_is_gone_and_its_row_stays(self, file: File, nora: User) -> None:
        note = write_note(file=file, text=WORDS, by=nora, now=NOW)
        read_notes(file=file, by=nora, now=NOW)
        erase_note(note=note, by=nora, now=NOW)
        note.refresh_from_db()
        assert (note.sealed, note.erased_at, note.erased_by, note.readings.count()) == ("", NOW, nora, 1)
        assert read_notes(file=file, by=nora, now=NOW) == []


class TestNobodyElse:
    @pytest.fixture(params=["colleague", "direction", "administrator in the team", "left the house"])
    def stranger(self, request: pytest.FixtureRequest, file: File) -> User:
        if request.param == "colleague":
            return worker()
        if request.param == "direction":
            director = member("Direction")
            file.team.add(director)
            return director
        fields = {"is_superuser": True} if request.param == "administrator in the team" else {"is_active": False}
        user = worker(**fields)
        file.team.add(user)
        return user

    def test_writes_reads_or_erases(self, file: File, stranger: User) -> None:
        note = NoteFactory(file=file)
        with pytest.raises(NotOfTheTeam):
            write_note(file=file, text=WORDS, by=stranger, now=NOW)
        with pytest.raises(NotOfTheTeam):
            read_notes(file=file, by=stranger, now=NOW)
        with pytest.raises(NotOfTheTeam):
            erase_note(note=note, by=stranger, now=NOW)
        assert not NoteReading.objects.exists()

    def test_the_team_is_changed_from_inside_and_the_change_is_known(self, file: File, nora: User) -> None:
        colleague, outsider = worker(), worker(is_superuser=True)
        with pytest.raises(NotInTheTeam):
            set_team(file=file, team=[nora, outsider], by=outsider, now=NOW)
        set_team(file=file, team=[nora, colleague], by=nora, now=NOW)
        set_team(file=file, team=[nora], by=nora, now=NOW)
        known = TeamChange.objects.values_list("user", "has_joined", "by", "at").order_by("pk")
        assert list(known) == [(colleague.pk, True, nora.pk, NOW), (colleague.pk, False, nora.pk, NOW)]

    def test_once_nobody_of_it_has_an_account_another_one_names_a_team(self, file: File, nora: User) -> None:
        User.objects.filter(pk=nora.pk).update(is_active=False)
        boss, colleague = worker(is_superuser=True), worker()
        set_team(file=file, team=[colleague], by=boss, now=NOW)
        assert list(file.team.all()) == [colleague]


class TestTheKey:
    def test_a_note_sealed_with_an_older_key_opens_until_it_is_sealed_again(self, file: File, nora: User, settings) -> None:  # type: ignore[no-untyped-def]
        write_note(file=file, text=WORDS, by=nora, now=NOW)
        settings.NOTES_KEYS = ["n" * 40, *settings.NOTES_KEYS]
        out = StringIO()
        call_command("reseal_notes", stdout=out)
        assert "1 notes sealed" in out.getvalue()
        assert not NoteReading.objects.exists()
        settings.NOTES_KEYS = ["n" * 40]
        assert [each.text for each in read_notes(file=file, by=nora, now=NOW)] == [WORDS]

    def test_without_its_key_a_note_stays_shut_and_is_not_noted_as_read(self, file: File, nora: User, settings) -> None:  # type: ignore[no-untyped-def]
        write_note(file=file, text=WORDS, by=nora, now=NOW)
        settings.NOTES_KEYS = ["x" * 40]
        [opened] = read_notes(file=file, by=nora, now=NOW)
        assert (opened.is_lost, opened.text) == (True, "")
        assert not NoteReading.objects.exists()
        with pytest.raises(CommandError, match="1 notes open with none"):
            call_command("reseal_notes", stdout=StringIO())


class TestTheirTime:
    def test_the_last_day_is_the_same_day_two_years_before(self) -> None:
        assert last_day_kept(NOW) == datetime.date(2024, 11, 30)
        assert last_day_kept(datetime.datetime(2028, 2, 29, 12, tzinfo=datetime.UTC)) == datetime.date(2026, 2, 28)

    def test_they_go_24_months_after_the_file_is_closed_and_their_number_stays(self) -> None:
        over = FileFactory(request__received_on=datetime.date(2023, 1, 9), status=FileStatus.CLOSED, closed_on=datetime.date(2024, 11, 30))
        kept = FileFactory(request__received_on=datetime.date(2023, 1, 9), status=FileStatus.CLOSED, closed_on=datetime.date(2024, 12, 1))
        still_open = FileFactory(request__received_on=datetime.date(2020, 1, 9))
        for day in (datetime.datetime(2023, 5, 1, tzinfo=datetime.UTC), *[datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)] * 2):
            NoteFactory(file=over, written_at=day)
        spared = [NoteFactory(file=kept), NoteFactory(file=still_open)]
        assert erase_notes(now=NOW, dry_run=True) == {"notes of files": 3}
        assert Note.objects.count() == 5
        assert erase_notes(now=NOW, dry_run=False) == {"notes of files": 3}
        assert set(Note.objects.all()) == set(spared)
        assert list(NoteCount.objects.values_list("file", "year", "notes")) == [(over.pk, 2023, 1), (over.pk, 2024, 2)]
        assert erase_notes(now=NOW, dry_run=False) == {"notes of files": 0}

    def test_a_file_taken_up_again_and_closed_adds_to_its_numbers(self) -> None:
        over = FileFactory(request__received_on=datetime.date(2023, 1, 9), status=FileStatus.CLOSED, closed_on=datetime.date(2024, 1, 1))
        NoteCount.objects.create(file=over, year=2023, notes=4)
        NoteFactory(file=over, written_at=datetime.datetime(2023, 5, 1, tzinfo=datetime.UTC))
        erase_notes(now=NOW, dry_run=False)
        assert NoteCount.objects.get().notes == 5


def test_a_note_without_a_text_says_when_it_was_erased(file: File) -> None:
    """The database refuses anything else."""
    from django.db import IntegrityError, transaction

    for values in ({"sealed": ""}, {"sealed": "x", "erased_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NoteFactory(file=file, **values)
