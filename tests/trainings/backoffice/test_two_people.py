"""Two coordinators have one form open: neither loses what the other saved (docs/decisions/0027)."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.backoffice.versions import views as versions
from tests.concurrency import run_concurrently, slowly
from tests.core.people import browser_of, member
from tests.databases import committing
from tests.trainings.conftest import WRITTEN
from tests.trainings.factories import EnrolmentFactory, ModuleFactory, SessionFactory, VenueFactory
from tests.versions import Tab
from trainings.models import Meeting, Module, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(db: None) -> Client:
    return browser_of(member("Coordinator", first_name="Nour", last_name="Exemple"))


def form_of(client: Client, session: Session) -> Tab:
    return Tab(client, reverse("trainings_sessions:edit", args=[session.pk]))


def at(day: int, hour: int) -> str:
    return f"{timezone.localdate() + datetime.timedelta(days=day):%Y-%m-%d} {hour:02}:30"


def hours(session: Session) -> list[int]:
    return [timezone.localtime(each.starts_at).hour for each in Meeting.objects.filter(session=session)]


class TestASession:
    def test_a_note_saved_later_does_not_move_the_start_back(self, coordinator: Client, colleague: Client) -> None:
        session = SessionFactory()
        mine, theirs = form_of(coordinator, session), form_of(colleague, session)
        theirs.save(**{"meetings-0-starts_at": at(40, 10), "meetings-0-ends_at": at(40, 12)})
        html = mine.save(internal_note="Clé chez le concierge")
        session.refresh_from_db()
        assert (hours(session), session.internal_note) == ([10], "Clé chez le concierge")
        assert "Somebody else changed this meanwhile, and it stays" in html
        assert "Nour Exemple" in html

    @pytest.mark.control
    def test_without_the_mechanism_the_start_is_lost(self, coordinator: Client, colleague: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """The control: the same two tabs, and the comparison off."""
        monkeypatch.setattr(versions.VersionedFormMixin, "compare", lambda self, form: None)
        two_in_the_afternoon = timezone.localtime().replace(hour=14, minute=0) + datetime.timedelta(days=30)
        session = SessionFactory(first_meeting_at=two_in_the_afternoon)
        before = hours(session)
        mine, theirs = form_of(coordinator, session), form_of(colleague, session)
        theirs.save(**{"meetings-0-starts_at": at(40, 10), "meetings-0-ends_at": at(40, 12)})
        assert hours(session) != before
        mine.save(internal_note="Clé chez le concierge")
        assert hours(session) == before

    def test_what_both_changed_is_asked_and_nothing_is_saved_before(self, coordinator: Client, colleague: Client) -> None:
        session = SessionFactory(internal_note="")
        mine, theirs = form_of(coordinator, session), form_of(colleague, session)
        theirs.save(internal_note="Porte gauche", title="Leur titre")
        html = mine.save(internal_note="Porte droite", title="Mon titre", capacity=9)
        assert mine.questions == ["Title", "Note for the team"]
        for words in ("Porte gauche", "Porte droite", "Leur titre", "Mon titre", "Latest change: Nour Exemple"):
            assert words in html
        session.refresh_from_db()
        assert (session.internal_note, session.title) == ("Porte gauche", "Leur titre")
        mine.save(**mine.choose("internal_note", "mine"), **mine.choose("title", "theirs"))
        session.refresh_from_db()
        assert (session.internal_note, session.title, session.capacity) == ("Porte droite", "Leur titre", 9)

    def test_who_does_not_choose_is_asked_again(self, coordinator: Client, colleague: Client) -> None:
        session = SessionFactory()
        mine, theirs = form_of(coordinator, session), form_of(colleague, session)
        theirs.save(internal_note="Porte gauche")
        mine.save(internal_note="Porte droite")
        mine.save()
        assert mine.questions == ["Note for the team"]
        session.refresh_from_db()
        assert session.internal_note == "Porte gauche"

    def test_a_third_change_is_asked_about_as_well(self, coordinator: Client, colleague: Client) -> None:
        """Somebody chose against a version that is old by now."""
        session = SessionFactory()
        mine, theirs = form_of(coordinator, session), form_of(colleague, session)
        theirs.save(internal_note="Porte gauche")
        mine.save(internal_note="Porte droite")
        form_of(colleague, session).save(internal_note="Porte du fond")
        html = mine.save(**mine.choose("internal_note", "mine"))
        assert "Porte du fond" in html
        session.refresh_from_db()
        assert session.internal_note == "Porte du fond"

    def test_the_same_change_twice_is_no_conflict(self, coordinator: Client, colleague: Client) -> None:
        session = SessionFactory()
        mine, theirs = form_of(coordinator, session), form_of(colleague, session)
        theirs.save(internal_note="Porte gauche")
        mine.save(internal_note="Porte gauche")
        assert mine.questions == []

    def test_two_starts_for_one_meeting_are_asked_about(self, coordinator: Client, colleague: Client) -> None:
        session = SessionFactory()
        mine, theirs = form_of(coordinator, session), form_of(colleague, session)
        theirs.save(**{"meetings-0-starts_at": at(40, 9), "meetings-0-ends_at": at(40, 18)})
        mine.save(**{"meetings-0-starts_at": at(40, 10)})
        [question] = mine.questions
        assert question.endswith("Begins")
        mine.save(**mine.choose(f"meetings-{session.meetings.get().pk}-starts_at", "mine"))
        [meeting] = Meeting.objects.filter(session=session)
        assert [timezone.localtime(each).hour for each in (meeting.starts_at, meeting.ends_at)] == [10, 18]

    def test_a_meeting_somebody_added_stays(self, coordinator: Client, colleague: Client) -> None:
        session = SessionFactory()
        mine, theirs = form_of(coordinator, session), form_of(colleague, session)
        theirs.save(**{"meetings-TOTAL_FORMS": 2, "meetings-1-starts_at": at(50, 9), "meetings-1-ends_at": at(50, 12)})
        html = mine.save(internal_note="x")
        assert Meeting.objects.filter(session=session).count() == 2
        assert "it stays" in html

    def test_a_meeting_somebody_removed_is_gone(self, coordinator: Client, colleague: Client) -> None:
        """It was a failure of the server: the form named a row that was not there."""
        session = SessionFactory(meetings=2)
        mine, theirs = form_of(coordinator, session), form_of(colleague, session)
        theirs.save(**{"meetings-1-DELETE": "on"})
        mine.save(internal_note="x")
        session.refresh_from_db()
        assert (Meeting.objects.filter(session=session).count(), session.internal_note) == (1, "x")

    def test_a_meeting_changed_here_and_removed_there_is_kept_until_somebody_decides(self, coordinator: Client, colleague: Client) -> None:
        session = SessionFactory(meetings=2)
        mine, theirs = form_of(coordinator, session), form_of(colleague, session)
        theirs.save(**{"meetings-1-DELETE": "on"})
        html = mine.save(**{"meetings-1-starts_at": at(60, 9), "meetings-1-ends_at": at(60, 12)})
        assert "removed row 2 meanwhile" in html
        assert Meeting.objects.filter(session=session).count() == 1
        mine.save()
        assert Meeting.objects.filter(session=session).count() == 2

    def test_a_meeting_changed_there_is_not_removed_unseen(self, coordinator: Client, colleague: Client) -> None:
        session = SessionFactory(meetings=2)
        mine, theirs = form_of(coordinator, session), form_of(colleague, session)
        theirs.save(**{"meetings-1-starts_at": at(60, 9), "meetings-1-ends_at": at(60, 12)})
        html = mine.save(**{"meetings-1-DELETE": "on"})
        assert "which you took away" in html
        assert Meeting.objects.filter(session=session).count() == 2
        mine.save(**{"meetings-1-DELETE": "on"})
        assert Meeting.objects.filter(session=session).count() == 1

    def test_a_form_without_a_version_overwrites_nothing(self, coordinator: Client) -> None:
        """Nobody knows what its reader saw: each difference is asked about."""
        session = SessionFactory(internal_note="Porte gauche")
        tab = form_of(coordinator, session)
        tab.save(version="forged", internal_note="Porte droite")
        assert tab.questions == ["Note for the team"]
        session.refresh_from_db()
        assert session.internal_note == "Porte gauche"

    def test_the_version_of_another_row_is_none(self, coordinator: Client) -> None:
        session, other = SessionFactory(), SessionFactory()
        tab = form_of(coordinator, session)
        tab.save(version=form_of(coordinator, other).fields["version"], internal_note="Porte droite")
        assert tab.questions == ["Note for the team"]


class TestOtherForms:
    def test_a_module(self, coordinator: Client, colleague: Client) -> None:
        module = ModuleFactory(group_max=12)
        url = reverse("trainings_modules:edit", args=[module.pk])
        mine, theirs = Tab(coordinator, url), Tab(colleague, url)
        theirs.save(group_max=8, languages=["fr", "nl"])
        mine.save(name="Un autre nom")
        module = Module.objects.get(pk=module.pk)
        assert (module.name, module.group_max, sorted(module.languages)) == ("Un autre nom", 8, ["fr", "nl"])

    def test_a_venue(self, coordinator: Client, colleague: Client) -> None:
        venue = VenueFactory(is_step_free=False)
        url = reverse("trainings_venues:edit", args=[venue.pk])
        mine, theirs = Tab(coordinator, url), Tab(colleague, url)
        theirs.save(is_step_free="on")
        mine.save(name="Maison des associations")
        venue.refresh_from_db()
        assert (venue.name, venue.is_step_free) == ("Maison des associations", True)

    def test_the_correction_of_an_enrolment(self, coordinator: Client, colleague: Client) -> None:
        enrolment = EnrolmentFactory(function="infirmière")
        url = reverse("trainings_backoffice:change_enrolment", args=[enrolment.pk])
        mine, theirs = Tab(coordinator, url), Tab(colleague, url)
        theirs.save(function="cheffe d’équipe", name="Camille D.")
        mine.save(language="nl", name="Camille Dupont")
        assert mine.questions == ["Name"]
        enrolment.refresh_from_db()
        assert (enrolment.name, enrolment.language) == ("Camille D.", "fr")
        mine.save(**mine.choose("name", "mine"))
        enrolment.refresh_from_db()
        assert (enrolment.name, enrolment.language, enrolment.function) == ("Camille Dupont", "nl", "cheffe d’équipe")


def saved_at_once(session: Session) -> Session:
    """Two coordinators opened the form and save at the same moment: one a title, one a note."""
    tabs = [form_of(browser_of(member("Coordinator")), session) for _number in range(2)]
    changes: list[dict[str, Any]] = [{"title": "Un titre"}, {"internal_note": "Une note"}]
    run_concurrently(*(lambda tab=tab, typed=typed: tab.save(**typed) for tab, typed in zip(tabs, changes, strict=True)))
    session.refresh_from_db()
    return session


@pytest.mark.usefixtures("db")
class TestAtTheSameMoment:
    def test_both_are_saved(self) -> None:
        with committing(ModelLogEntry, *WRITTEN):
            session = saved_at_once(SessionFactory())
            assert (session.title, session.internal_note) == ("Un titre", "Une note")

    @pytest.mark.control
    def test_without_the_lock_one_is_lost(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The control: both read before either wrote."""
        monkeypatch.setattr(versions.VersionedFormMixin, "lock_row", lambda self: None)
        monkeypatch.setattr(versions, "merge", slowly(versions.merge, 0.3))
        with committing(ModelLogEntry, *WRITTEN):
            session = saved_at_once(SessionFactory())
            assert (session.title, session.internal_note) != ("Un titre", "Une note")
