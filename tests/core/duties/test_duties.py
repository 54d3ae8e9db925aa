"""Timed duties: when they have their turn, that each runs once, and that trouble is told."""

import datetime
import logging
import threading
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.duties import registry
from core.duties.alert import alert_administrators
from core.duties.registry import DutyFailed, DutySpec, registered
from core.duties.run import RETRY_AFTER, add_missing, run_due, run_one
from core.duties.schedule import Daily, Every
from core.duties.status import OVERDUE_AFTER, troubled
from core.models import Duty, OutgoingMail
from tests.core.factories import DutyFactory, UserFactory
from tests.databases import committing

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")
MINUTE = datetime.timedelta(minutes=1)
NOON = datetime.datetime(2026, 12, 1, 12, tzinfo=BRUSSELS)


class Zoo:
    """A duty whose runs are counted; `trouble` makes it fail."""

    def __init__(self) -> None:
        self.runs: list[datetime.datetime] = []
        self.trouble: Exception | None = None
        self.spec = DutySpec(name="feed", label="Feed the lions", schedule=Daily(3, 15), run=self.run)

    def run(self, *, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
        if dry_run:
            return {"lions": 2}
        self.runs.append(now)
        if self.trouble:
            raise self.trouble
        return {"lions": 2}

    @property
    def row(self) -> Duty:
        return Duty.objects.get(name="feed")


@pytest.fixture
def zoo(monkeypatch: pytest.MonkeyPatch) -> Zoo:
    """The only duty there is."""
    zoo = Zoo()
    monkeypatch.setattr(registry, "_registered", {"feed": zoo.spec})
    return zoo


class TestTurns:
    def test_every_few_minutes(self) -> None:
        assert Every(5).next_after(NOON) == NOON + 5 * MINUTE

    @pytest.mark.parametrize(
        ("moment", "turn"),
        [
            ((2026, 12, 1, 3, 14), (2026, 12, 1, 3, 15)),
            ((2026, 12, 1, 3, 15), (2026, 12, 2, 3, 15)),
            ((2026, 12, 31, 23, 59), (2027, 1, 1, 3, 15)),
            # The nights on which the clock changes.
            ((2027, 3, 27, 12), (2027, 3, 28, 3, 15)),
            ((2027, 10, 30, 12), (2027, 10, 31, 3, 15)),
        ],
    )
    def test_every_night_by_the_clock_of_brussels(self, moment: Any, turn: Any) -> None:
        following = Daily(3, 15).next_after(datetime.datetime(*moment, tzinfo=BRUSSELS).astimezone(datetime.UTC))
        assert following == datetime.datetime(*turn, tzinfo=BRUSSELS)

    def test_they_are_said_in_the_readers_language(self) -> None:
        with translation.override("fr"):
            assert (str(Every(1)), str(Every(10)), str(Daily(3, 5))) == (
                "chaque minute",
                "toutes les 10 minutes",
                "chaque jour à 3\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}05",
            )


class TestRuns:
    def test_a_new_duty_waits_for_its_first_turn_then_runs_once(self, zoo: Zoo) -> None:
        assert run_due(now=NOON) == []
        night = NOON + datetime.timedelta(hours=16)
        assert [str(result) for result in run_due(now=night)] == ["feed: 2 lions"]
        assert run_due(now=night + MINUTE) == []
        assert zoo.runs == [night]
        assert (zoo.row.last_success_at, zoo.row.last_outcome, zoo.row.last_error) == (night, {"lions": 2}, "")
        assert zoo.row.next_run_at == datetime.datetime(2026, 12, 3, 3, 15, tzinfo=BRUSSELS)

    def test_after_a_pause_of_a_week_it_runs_once(self, zoo: Zoo) -> None:
        run_due(now=NOON)
        later = NOON + datetime.timedelta(days=7)
        for seconds in range(3):
            run_due(now=later + datetime.timedelta(seconds=seconds))
        assert zoo.runs == [later]

    def test_a_duty_that_fails_keeps_no_other_from_running(self, zoo: Zoo, monkeypatch: pytest.MonkeyPatch) -> None:
        other = Zoo()
        monkeypatch.setitem(registry._registered, "water", DutySpec(name="water", label="", schedule=Every(1), run=other.run))
        zoo.trouble = ValueError("no meat")
        run_due(now=NOON)
        run_due(now=NOON + datetime.timedelta(days=1))
        assert (len(zoo.runs), len(other.runs)) == (1, 2), "one waits for its first night, one runs at once and again"

    def test_it_is_tried_again_after_an_hour(self, zoo: Zoo) -> None:
        zoo.trouble = ValueError("Key (email)=(nora@example.org) exists\nDETAIL: secret")
        run_one(spec=zoo.spec, now=NOON)
        assert zoo.row.last_error == "ValueError: Key … exists"
        assert zoo.row.next_run_at == NOON + RETRY_AFTER
        zoo.trouble = None
        run_due(now=NOON + RETRY_AFTER)
        assert zoo.row.last_error == ""

    def test_one_whose_worker_was_killed_comes_back(self, zoo: Zoo) -> None:
        """Nobody runs it while the claim holds; then it is due again, although its run was never finished."""
        Duty.objects.create(name="feed", next_run_at=NOON, claimed_until=NOON + zoo.spec.at_most)
        assert run_due(now=NOON + MINUTE) == []
        assert run_one(spec=zoo.spec, now=NOON + MINUTE) is None
        assert len(run_due(now=NOON + zoo.spec.at_most)) == 1

    @pytest.mark.parametrize("schedule", [Daily(3, 15), Every(10)])
    def test_a_clock_that_was_a_month_ahead_stops_no_duty(self, zoo: Zoo, schedule: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(registry._registered, "feed", DutySpec(name="feed", label="", schedule=schedule, run=zoo.run))
        run_one(spec=registry._registered["feed"], now=NOON + datetime.timedelta(days=30))
        zoo.runs.clear()
        for quarters in range(4 * 24):
            run_due(now=NOON + quarters * 15 * MINUTE)
        assert len(zoo.runs) >= 1

    def test_a_clock_set_back_an_hour_does_not_make_a_nightly_duty_run_twice(self, zoo: Zoo) -> None:
        run_due(now=NOON)
        night = NOON + datetime.timedelta(hours=15, minutes=20)
        run_due(now=night)
        for minutes in range(120):
            run_due(now=night - datetime.timedelta(hours=1) + minutes * MINUTE)
        assert zoo.runs == [night]

    @pytest.mark.control
    def test_without_the_look_at_the_clock_it_waits_a_month(self, zoo: Zoo, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("core.duties.run._forget_turns_of_a_fast_clock", lambda **_now: None)
        run_one(spec=zoo.spec, now=NOON + datetime.timedelta(days=30))
        zoo.runs.clear()
        for days in range(20):
            run_due(now=NOON + datetime.timedelta(days=days))
        assert zoo.runs == []

    def test_whose_claim_ran_out_does_not_overwrite_what_came_after(self, zoo: Zoo) -> None:
        def slow(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
            Duty.objects.update(claimed_until=NOON + datetime.timedelta(hours=9))  # another worker took over
            return {"lions": 99}

        run_one(spec=DutySpec(name="feed", label="", schedule=Every(1), run=slow), now=NOON)
        assert zoo.row.last_outcome == {}

    def test_the_real_ones_all_run_dry_and_for_real(self) -> None:
        names = {spec.name for spec in registered()}
        assert {"publish_scheduled", "prune_enrolments", "prune_subscribers", "check_files", "remind_services"} <= names
        call_command("run_duties", dry_run=True)
        assert not Duty.objects.exists(), "a dry run leaves nothing"
        for spec in registered():
            result = run_one(spec=spec, now=timezone.now())
            assert result
            assert result.error == ""
        with translation.override("nl"):
            assert Duty.objects.get(name="publish_scheduled").outcome_label == "0 verlopen pagina’s, 0 gepubliceerde pagina’s"


class TestTwoWorkers:
    """On real connections."""

    @pytest.fixture
    def gate(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Barrier]:
        with committing(Duty):
            yield threading.Barrier(2, timeout=10)

    def _both(self, zoo: Zoo, gate: threading.Barrier) -> None:
        def worker() -> None:
            try:
                gate.wait()
                run_due(now=NOON + datetime.timedelta(days=1))
            finally:
                connection.close()

        threads = [threading.Thread(target=worker) for _each in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def test_never_run_one_duty_twice(self, zoo: Zoo, gate: threading.Barrier) -> None:
        add_missing(now=NOON)
        for _night in range(5):
            Duty.objects.update(next_run_at=NOON)
            zoo.runs.clear()
            self._both(zoo, gate)
            assert len(zoo.runs) == 1

    @pytest.mark.control
    def test_without_the_claim_both_run_it(self, zoo: Zoo, gate: threading.Barrier, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("core.duties.run._claim", lambda spec, *, now, is_forced=False: now)
        add_missing(now=NOON)
        self._both(zoo, gate)
        assert len(zoo.runs) == 2


class TestTrouble:
    @pytest.fixture(autouse=True)
    def _administrators(self) -> None:
        UserFactory(email="chief@example.org", is_superuser=True)
        UserFactory(email="gone@example.org", is_superuser=True, is_active=False)
        UserFactory(email="editor@example.org")

    def test_the_administrators_hear_of_a_failure_once(self, zoo: Zoo, caplog: pytest.LogCaptureFixture) -> None:
        zoo.trouble = DutyFailed("2 damaged files")
        for hours in range(4):
            with caplog.at_level(logging.ERROR):
                run_one(spec=zoo.spec, now=NOON + datetime.timedelta(hours=hours))
                alert_administrators(now=NOON + datetime.timedelta(hours=hours))
        mail = OutgoingMail.objects.get()
        assert (mail.to, mail.language) == ("chief@example.org", "fr")
        assert "Feed the lions" in mail.subject
        assert "2 damaged files" in mail.text
        assert "2 damaged files" in caplog.text

    def test_a_new_trouble_after_a_good_run_is_told_again(self, zoo: Zoo) -> None:
        for trouble in (ValueError("one"), None, ValueError("two")):
            zoo.trouble = trouble
            run_one(spec=zoo.spec, now=NOON)
            alert_administrators(now=NOON)
        assert OutgoingMail.objects.count() == 2

    def test_one_that_did_not_run_is_told_as_well(self, zoo: Zoo) -> None:
        DutyFactory(name="feed", next_run_at=NOON)
        assert alert_administrators(now=NOON + OVERDUE_AFTER - MINUTE) == 0
        assert alert_administrators(now=NOON + OVERDUE_AFTER + MINUTE) == 1
        assert "aurait dû être exécutée" in OutgoingMail.objects.get().text

    def test_one_that_is_being_run_is_not_overdue(self, zoo: Zoo) -> None:
        DutyFactory(name="feed", next_run_at=NOON, claimed_until=NOON + datetime.timedelta(hours=2))
        assert not troubled(NOON + datetime.timedelta(hours=1)).exists()
        assert troubled(NOON + datetime.timedelta(hours=3)).exists()

    def test_a_duty_this_version_does_not_know_is_no_trouble(self, zoo: Zoo) -> None:
        DutyFactory(name="of_an_older_version", next_run_at=NOON - datetime.timedelta(days=9))
        assert not troubled(NOON).exists()

    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_the_mail_is_in_the_language_of_the_house(self, zoo: Zoo, settings: Any, language: str) -> None:
        settings.LANGUAGE_CODE = language
        DutyFactory(name="feed", last_error="2 damaged files")
        alert_administrators(now=timezone.now())
        words = {"fr": "Une tâche planifiée demande votre attention", "nl": "Een geplande taak vraagt aandacht"}[language]
        mail = OutgoingMail.objects.get()
        assert words in mail.subject
        assert words in mail.text
        assert words in mail.html


class TestCommand:
    def test_what_is_due_runs_and_the_rest_waits(self, zoo: Zoo, capsys: pytest.CaptureFixture[str]) -> None:
        with time_machine.travel(NOON, tick=False):
            call_command("run_duties")
        assert zoo.runs == []
        with time_machine.travel(NOON + datetime.timedelta(days=1), tick=False):
            call_command("run_duties")
        assert "feed: 2 lions" in capsys.readouterr().out

    def test_a_named_one_runs_at_once(self, zoo: Zoo) -> None:
        call_command("run_duties", only=["feed"])
        assert len(zoo.runs) == 1

    def test_a_dry_run_changes_nothing(self, zoo: Zoo, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("run_duties", dry_run=True)
        assert "feed: 2 lions" in capsys.readouterr().out
        assert zoo.runs == []

    def test_a_failure_is_an_exit_code(self, zoo: Zoo) -> None:
        zoo.trouble = ValueError("no meat")
        with pytest.raises(CommandError, match="Failed: feed"):
            call_command("run_duties", only=["feed"])

    def test_a_name_nobody_has_is_refused_with_those_there_are(self, zoo: Zoo) -> None:
        with pytest.raises(CommandError, match=r"No duty is called fedd\. There are: feed"):
            call_command("run_duties", only=["fedd"])


class TestBackoffice:
    @pytest.fixture
    def chief(self) -> Client:
        client = Client()
        client.force_login(UserFactory(is_superuser=True))
        return client

    def test_the_listing_says_what_when_last_next_and_outcome(self, chief: Client) -> None:
        DutyFactory()
        DutyFactory(name="check_files", last_error="2 damaged files")
        DutyFactory(name="publish_scheduled", next_run_at=timezone.now() - datetime.timedelta(hours=1))
        html = chief.get(reverse("core_duties:index")).content.decode()
        told = (
            "Supprimer les e-mails écrits il y a 90 jours",
            "chaque jour à 3\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}10",
            "chaque minute",
            "3 e-mails",
        )
        for words in (*told, "tout va bien", "échoué", "en retard"):
            assert words in html

    def test_one_shows_what_went_wrong(self, chief: Client) -> None:
        duty = DutyFactory(name="check_files", last_error="2 damaged files")
        html = chief.get(reverse("core_duties:inspect", args=[duty.pk])).content.decode()
        assert "2 damaged files" in html
        assert reverse("core_duties:run", args=[duty.pk]) in html

    def test_run_now_asks_then_makes_it_due(self, chief: Client) -> None:
        duty = DutyFactory()
        url = reverse("core_duties:run", args=[duty.pk])
        chief.get(url)
        duty.refresh_from_db()
        assert duty.next_run_at > timezone.now()
        assert chief.post(url).status_code == 302
        duty.refresh_from_db()
        assert duty.next_run_at <= timezone.now()
        assert "prune_mails" in {result.name for result in run_due(now=timezone.now())}

    def test_a_role_without_the_right_sees_no_duty(self) -> None:
        from tests.trainings.backoffice.conftest import member

        client = Client()
        client.force_login(member("Coordinator"))
        duty = DutyFactory()
        assert client.get(reverse("core_duties:index")).status_code in (302, 403)
        client.post(reverse("core_duties:run", args=[duty.pk]))
        duty.refresh_from_db()
        assert duty.next_run_at > timezone.now()
