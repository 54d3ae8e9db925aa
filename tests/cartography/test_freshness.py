"""The ladder: eleven, twelve, thirteen months, then 'to be confirmed'; one mail a step, none twice."""

import datetime
from typing import Any

import pytest
from django.core.management import call_command

from cartography.directory.freshness import age_in_months, is_fresh, months_before, reminders_due
from cartography.enums import CheckedBy, PlaceStatus
from cartography.freshness.reminders import ask_for_confirmation
from cartography.models import Place
from cartography.places.services import confirm_place
from core.models import OutgoingMail
from tests.cartography.factories import PlaceFactory


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [("2026-03-31", 1, "2026-02-28"), ("2026-01-15", 1, "2025-12-15"), ("2026-11-24", 12, "2025-11-24"), ("2024-12-31", 10, "2024-02-29")],
)
def test_months_are_those_of_the_calendar(start: str, months: int, expected: str) -> None:
    assert months_before(day(start), months) == day(expected)


def test_an_age_is_counted_in_whole_months() -> None:
    assert age_in_months(day("2026-10-25"), day("2026-11-24")) == 0
    assert age_in_months(day("2026-10-24"), day("2026-11-24")) == 1
    assert age_in_months(None, day("2026-11-24")) is None


def test_twelve_months_to_the_day_are_fresh() -> None:
    assert is_fresh(day("2025-11-24"), day("2026-11-24"))
    assert not is_fresh(day("2025-11-23"), day("2026-11-24"))


@pytest.mark.parametrize(
    ("checked", "due"), [("2025-12-25", 0), ("2025-12-24", 1), ("2025-11-24", 2), ("2025-10-24", 3), ("2024-01-01", 3)]
)
def test_each_month_asks_once(checked: str, due: int) -> None:
    assert reminders_due(day(checked), day("2026-11-24")) == due


def old(now: datetime.datetime, months: int, **fields: Any) -> Place:
    """A place last checked so many months ago."""
    made: Place = PlaceFactory(checked_on=months_before(now.date(), months), **fields)
    return made


@pytest.mark.django_db
class TestLadder:
    def test_a_young_record_is_left_alone(self, now: datetime.datetime) -> None:
        old(now, 10)
        ask_for_confirmation(now=now)
        assert not OutgoingMail.objects.exists()

    def test_the_three_mails_go_in_three_months_and_the_third_says_so(self, now: datetime.datetime) -> None:
        place = old(now, 11)
        for step in range(3):
            moment = now + datetime.timedelta(days=31 * step)
            ask_for_confirmation(now=moment)
            ask_for_confirmation(now=moment)  # run again the same day
            assert OutgoingMail.objects.filter(to=place.email).count() == step + 1
        texts = list(OutgoingMail.objects.order_by("pk").values_list("text", flat=True))
        assert [("troisième" in text) for text in texts] == [False, False, True]

    def test_silence_marks_the_place_and_readers_still_see_it(self, now: datetime.datetime) -> None:
        place = old(now, 14, reminder_count=3)
        assert ask_for_confirmation(now=now).marked == 1
        place.refresh_from_db()
        assert place.status == PlaceStatus.TO_CONFIRM
        assert place.is_visible
        assert place.transitions.last().reason  # type: ignore[union-attr]

    def test_nobody_is_marked_before_being_asked_three_times(self, now: datetime.datetime) -> None:
        """A server that slept for a year sends one mail a run, and marks nobody at once."""
        place = old(now, 24)
        ask_for_confirmation(now=now)
        place.refresh_from_db()
        assert (place.status, place.reminder_count) == (PlaceStatus.PUBLISHED, 1)

    def test_an_answer_starts_the_clock_anew(self, now: datetime.datetime) -> None:
        place = old(now, 14, reminder_count=3, status=PlaceStatus.TO_CONFIRM)
        confirm_place(place=place, checked_by=CheckedBy.ORGANISATION, now=now)
        place.refresh_from_db()
        assert (place.status, place.reminder_count, place.checked_on) == (PlaceStatus.PUBLISHED, 0, now.date())
        assert place.checks.count() == 1

    def test_pressed_twice_is_pressed_once(self, now: datetime.datetime) -> None:
        place = old(now, 12)
        for _press in range(2):
            confirm_place(place=place, checked_by=CheckedBy.ORGANISATION, now=now)
        assert place.checks.count() == 1

    def test_without_an_address_nobody_is_asked_but_the_record_is_marked(self, now: datetime.datetime) -> None:
        old(now, 12, email="")
        silent = old(now, 15, email="")
        asked = ask_for_confirmation(now=now)
        assert (asked.without_email, asked.marked) == (1, 1)
        silent.refresh_from_db()
        assert silent.status == PlaceStatus.TO_CONFIRM

    def test_a_record_nobody_ever_checked_grows_old_from_its_publication(self, now: datetime.datetime) -> None:
        place = PlaceFactory(checked_on=None, checked_by="", published_at=now - datetime.timedelta(days=340))
        PlaceFactory(checked_on=None, checked_by="", published_at=now - datetime.timedelta(days=30))
        ask_for_confirmation(now=now)
        assert [mail.to for mail in OutgoingMail.objects.all()] == [place.email]

    def test_withdrawn_places_and_drafts_are_not_asked(self, now: datetime.datetime) -> None:
        old(now, 12, status=PlaceStatus.WITHDRAWN)
        old(now, 12, is_draft=True)
        ask_for_confirmation(now=now)
        assert not OutgoingMail.objects.exists()

    def test_a_flemish_service_is_written_to_in_dutch(self, now: datetime.datetime) -> None:
        old(now, 12, languages=["nl"], region="02000", nis="44021", postal_code="9000", name_nl="Huis De Brug")
        ask_for_confirmation(now=now)
        mail = OutgoingMail.objects.get()
        assert mail.language == "nl"
        assert "Huis De Brug" in mail.subject

    def test_the_limit_keeps_the_oldest_first(self, now: datetime.datetime) -> None:
        old(now, 11)
        oldest = old(now, 13)
        ask_for_confirmation(now=now, limit=1)
        assert [mail.to for mail in OutgoingMail.objects.all()] == [oldest.email]

    def test_a_dry_run_and_the_daily_duty_say_the_same(self, now: datetime.datetime, capsys: pytest.CaptureFixture[str]) -> None:
        PlaceFactory(checked_on=datetime.date(2020, 1, 1))
        for options in ({"dry_run": True}, {}):
            assert not OutgoingMail.objects.exists()
            call_command("run_duties", only=["remind_services"], **options)
            assert "1 services reminded, 0 records marked" in capsys.readouterr().out
        assert OutgoingMail.objects.count() == 1
