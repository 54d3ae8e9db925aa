"""A file, from the first meeting to its end: what is noted, who does what next, what is silent."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from core.directory.merging import ORGANISATIONS
from core.lifecycle.transitions import TransitionNotAllowed
from core.merging.merge import merge_rows
from core.models import User
from followup.enums import EventKind, FileStatus, RequestStatus
from followup.files.events import FileIsOver, log_event, remove_event
from followup.files.open import OpenedTooEarly, open_file
from followup.files.selectors import next_steps, silent_files
from followup.files.status import BeforeItOpened
from followup.files.steps import plan_next_step, take_step
from followup.files.team import set_team
from followup.models import File, FileEvent
from tests.core.factories import OrganisationFactory
from tests.core.people import member
from tests.followup.factories import FileEventFactory, FileFactory, RequestFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()


def ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def colleague() -> User:
    return member("Follow-up")


class TestOpening:
    def test_the_first_meeting_opens_it_for_who_was_there_and_the_team(self) -> None:
        by, other = colleague(), colleague()
        request = RequestFactory(received_on=ago(9))
        file = open_file(request=request, opened_on=ago(2), now=NOW, by=by, team=[other])
        request.refresh_from_db()
        assert request.status == RequestStatus.FILE_OPENED
        assert set(file.team.all()) == {by, other}
        assert [timezone.localdate(each.at) for each in (request.transitions.last(), file.transitions.get()) if each] == [ago(2), ago(2)]

    def test_it_opens_once_and_not_before_the_request(self) -> None:
        request = RequestFactory(received_on=ago(3))
        with pytest.raises(OpenedTooEarly):
            open_file(request=request, opened_on=ago(4), now=NOW, by=colleague())
        open_file(request=request, opened_on=ago(1), now=NOW, by=colleague())
        with pytest.raises(TransitionNotAllowed):
            open_file(request=request, opened_on=ago(1), now=NOW, by=colleague())

    def test_advice_that_was_not_enough_after_all_opens_a_file_of_the_same_request(self) -> None:
        request = RequestFactory(status=RequestStatus.ADVICE_ONLY)
        assert open_file(request=request, opened_on=TODAY, now=NOW, by=colleague()).request == request


class TestEvents:
    def test_three_contacts_in_a_row_and_one_taken_back(self) -> None:
        file, by = FileFactory(request__received_on=ago(5)), colleague()
        events = [log_event(file=file, kind=EventKind.CONTACT, held_on=ago(days), now=NOW, by=by) for days in (2, 1, 0)]
        remove_event(event=events[0])
        assert [each.held_on for each in file.events.all()] == [ago(0), ago(1)]

    def test_nothing_happens_before_it_opened_or_after_it_was_closed(self) -> None:
        file = FileFactory(request__received_on=ago(9), status=FileStatus.CLOSED, closed_on=ago(3))
        with pytest.raises(BeforeItOpened):
            log_event(file=file, kind=EventKind.VISIT, held_on=ago(10), now=NOW, by=None)
        with pytest.raises(FileIsOver):
            log_event(file=file, kind=EventKind.VISIT, held_on=ago(2), now=NOW, by=None)
        assert log_event(file=file, kind=EventKind.VISIT, held_on=ago(4), now=NOW, by=None).pk

    @pytest.mark.control
    def test_the_database_refuses_an_event_of_no_minutes(self) -> None:
        event = FileEventFactory()
        with pytest.raises(IntegrityError, match="followup_event_within_a_day"):
            FileEvent.objects.filter(pk=event.pk).update(minutes=0)


class TestItsEnd:
    def test_closing_forgets_the_next_step_and_taking_it_up_again_keeps_both_days(self) -> None:
        file, by = FileFactory(request__received_on=ago(30)), colleague()
        plan_next_step(file=file, next_step="Rappeler l’équipe", on=TODAY, who=by)
        take_step(file=file, to=FileStatus.BROKEN_OFF, now=NOW, by=by, on=ago(2), reason="L’équipe n’a plus le temps")
        file.refresh_from_db()
        assert (file.closed_on, file.next_step, file.next_step_by) == (ago(2), "", None)
        take_step(file=file, to=FileStatus.OPEN, now=NOW, by=by)
        file.refresh_from_db()
        assert (file.status, file.closed_on) == (FileStatus.OPEN, None)
        assert [each.to_status for each in file.transitions.all()] == ["open", "broken_off", "open"]

    def test_it_does_not_close_before_it_opened(self) -> None:
        with pytest.raises(BeforeItOpened):
            take_step(file=FileFactory(), to=FileStatus.CLOSED, now=NOW, by=colleague(), on=ago(1))

    @pytest.mark.control
    def test_the_database_knows_no_end_without_its_day(self) -> None:
        file = FileFactory()
        with pytest.raises(IntegrityError, match="followup_file_over_has_its_day"):
            File.objects.filter(pk=file.pk).update(status=FileStatus.CLOSED)


class TestWorkList:
    def test_silent_are_open_files_of_mine_without_a_word_for_four_weeks(self) -> None:
        me = colleague()
        silent = FileFactory(request__received_on=ago(40), members=[me])
        heard = FileFactory(request__received_on=ago(40), members=[me])
        FileEventFactory(file=heard, held_on=ago(3))
        FileFactory(request__received_on=ago(40), members=[me], status=FileStatus.ON_HOLD)
        FileFactory(request__received_on=ago(40))
        FileFactory(request__received_on=ago(27), members=[me])
        assert silent_files(me, today=TODAY, limit=9) == [silent]

    def test_what_i_do_next_stands_by_its_day(self) -> None:
        me = colleague()
        for days, step in ((2, "B"), (-3, "A")):
            file = FileFactory(request__received_on=ago(9), members=[me])
            plan_next_step(file=file, next_step=step, on=ago(-days), who=me)
        assert [each.next_step for each in next_steps(me, limit=9)] == ["A", "B"]
        set_team(file=file, team=[], by=me, now=NOW)
        assert [each.next_step for each in next_steps(me, limit=9)] == ["B"]


def test_requests_follow_an_organisation_that_is_merged() -> None:
    kept, removed = OrganisationFactory(), OrganisationFactory()
    file = FileFactory(request__organisation=removed)
    merge_rows(ORGANISATIONS, keep=kept.pk, remove=removed.pk, now=NOW, by=None)
    file.request.refresh_from_db()
    assert file.request.organisation == kept
