"""What each figure counts, and what it does not, by examples."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from core.figures.period import Period, Scope
from core.models import Programme
from tests.core.factories import OrganisationFactory, SectorFactory, UserFactory
from tests.trainings.factories import CycleFactory, EnrolmentFactory, MeetingFactory, ModuleFactory, ParticipantFactory, TrainerFactory
from tests.trainings.figures.scenes import YEAR, at, counted_of, figure, present, session
from trainings.enums import EnrolmentStatus, SessionKind, SessionStatus
from trainings.models import Audience, Cycle, Project, Session
from trainings.people.merge import merge_people
from trainings.privacy import erase_person
from trainings.querysets.cycles import programme_of

pytestmark = pytest.mark.django_db

TOGETHER = Scope(YEAR.period, frozenset({Programme.CONNECT, Programme.SUPPORT}))


def cycle(first: int, **facts: Any) -> Cycle:
    """From October of a year to June of the next."""
    return CycleFactory(first_day=datetime.date(first, 10, 1), last_day=datetime.date(first + 1, 6, 30), **facts)  # type: ignore[no-any-return]


def test_morning_and_afternoon_are_one_day_of_training() -> None:
    session(at(2024, 3, 5, 9), at(2024, 3, 5, 13), at(2024, 3, 12, 9))
    session(at(2024, 3, 5, 9))  # another room
    assert (figure("tr_days"), figure("tr_half_days"), figure("tr_sessions")) == (3, 4, 2)


def test_the_year_begins_and_ends_at_midnight_in_brussels() -> None:
    for moment in (at(2023, 12, 31, 23), at(2024, 1, 1, 0), at(2024, 12, 31, 23), at(2025, 1, 1, 0)):
        session(moment)
    assert figure("tr_days") == 2


@pytest.mark.parametrize("status", [SessionStatus.DRAFT, SessionStatus.CANCELLED])
def test_drafts_and_what_was_called_off_did_not_take_place(status: SessionStatus) -> None:
    present(session(status=status))
    assert (figure("tr_days"), figure("tr_participants"), figure("all_people")) == (0, 0, 0)


def test_what_is_to_come_is_not_counted_yet() -> None:
    now = timezone.now()
    session(now - datetime.timedelta(hours=1))
    session(now + datetime.timedelta(hours=1))
    this_year = Scope(Period(now.date() - datetime.timedelta(days=2), now.date() + datetime.timedelta(days=2)))
    assert figure("tr_half_days", this_year) == 1


def test_who_was_absent_did_not_take_part() -> None:
    held = session(at(2024, 3, 5, 9), at(2024, 3, 12, 9))
    present(held, held.meetings.first())
    EnrolmentFactory(session=held)
    assert (figure("tr_participants"), figure("tr_attended"), figure("tr_people")) == (1, 1, 1)


def test_a_person_in_two_trainings_is_two_participations_and_one_person() -> None:
    ana = ParticipantFactory()
    for _number in range(2):
        present(session(), participant=ana)
    assert (figure("tr_participants"), figure("tr_people")) == (2, 1)


def test_people_of_two_programmes_asked_together_are_counted_once() -> None:
    """The rule of decision 40: distinct people over all sessions whose programme is asked."""
    ana = ParticipantFactory()
    present(session(), participant=ana)
    present(session(kind=SessionKind.EXCHANGE_TABLE), participant=ana)
    assert [figure("all_people", Scope(YEAR.period, frozenset({each}))) for each in (Programme.CONNECT, Programme.SUPPORT)] == [1, 1]
    assert (figure("all_people", TOGETHER), figure("all_participations", TOGETHER)) == (1, 2)


def test_two_addresses_are_two_people_until_they_are_merged() -> None:
    one, other = present(session()), present(session())
    assert figure("all_people") == 2
    merge_people(keep=one.participant, remove=other.participant, now=timezone.now(), by=UserFactory())
    assert (figure("all_people"), figure("tr_participants")) == (1, 2)


def test_a_forgotten_person_stays_a_participation_and_is_no_longer_told_apart() -> None:
    sector = SectorFactory(slug="mental")
    gone = present(session(), sector=sector, organisation=OrganisationFactory())
    present(session())
    erase_person(gone.email, now=timezone.now())
    assert (figure("tr_participants"), figure("tr_sector")) == (2, {"mental": 1})
    people, places = counted_of("tr_people"), counted_of("tr_institutions")
    assert (people.value, people.known, people.unknown) == (1, 1, 1)
    assert (places.value, places.unknown) == (0, 2)


def test_sectors_are_told_of_those_that_are_known() -> None:
    sector = SectorFactory(slug="drugs")
    held = session()
    for each in (sector, sector, None):
        present(held, sector=each)
    counted = counted_of("tr_sector")
    assert (figure("tr_sector"), counted.known, counted.unknown, figure("tr_sectors")) == ({"drugs": 2}, 2, 1, 1)


def test_an_open_roll_call_is_told_as_unknown() -> None:
    session(is_roll_closed=False)
    assert counted_of("tr_participants").unknown == 1


def test_courses_of_pat_and_of_housing_first_are_counted_apart() -> None:
    present(session(project=Project.PAT, reference="MIRIAM"))
    present(session(module=ModuleFactory(programme=Programme.HOUSING_FIRST)))
    present(session())
    assert [figure(key) for key in ("tr_days", "pat_trainings", "hf_tr_days", "hf_tr_modules")] == [1, 1, 1, 1]
    assert (figure("pat_tr"), figure("all_participations")) == ({"miriam": 1}, 3)


def test_trainers_are_counted_once_and_usually_there_are_two() -> None:
    pair = [TrainerFactory(), TrainerFactory()]
    for trainers in (pair, pair, pair[:1], []):
        session().trainers.set(trainers)
    usual = counted_of("tr_trainers_pair")
    assert (figure("tr_trainers"), usual.value, usual.known, usual.unknown) == (2, 2, 3, 1)


@pytest.mark.parametrize(
    ("facts", "programme"),
    [
        ({"kind": SessionKind.OPEN_TRAINING}, Programme.SUPPORT),
        ({"kind": SessionKind.SUPERVISION}, Programme.SUPPORT),
        ({"kind": SessionKind.INTERVISION}, Programme.CONNECT),
        ({"kind": SessionKind.EXCHANGE_TABLE}, Programme.CONNECT),
        ({"kind": SessionKind.STUDY_MORNING}, Programme.CONNECT),
        ({"kind": SessionKind.INTERVISION, "cycle__programme": Programme.SUPPORT}, Programme.SUPPORT),
        ({"kind": SessionKind.OPEN_TRAINING, "module__programme": Programme.HOUSING_FIRST}, Programme.HOUSING_FIRST),
        ({"kind": SessionKind.OPEN_TRAINING, "module__programme": Programme.CONNECT}, Programme.SUPPORT),
        ({"kind": SessionKind.INTERVISION, "cycle__programme": Programme.SUPPORT, "programme": Programme.CONNECT}, Programme.CONNECT),
    ],
)
def test_the_programme_a_session_counts_for(facts: dict[str, Any], programme: Programme) -> None:
    chosen = facts.pop("cycle__programme", None)
    module = ModuleFactory(programme=facts.pop("module__programme", Programme.SUPPORT))
    session(cycle=cycle(2023, programme=chosen) if chosen else None, module=module, **facts)
    assert Session.objects.annotate(counts_for=programme_of()).get().counts_for == programme


def test_a_cycle_is_counted_whole_across_new_year() -> None:
    running, sector = cycle(2023), SectorFactory(slug="homeless")
    groups = [session(at(2023, 11, 7, 14), at(2024, 2, 6, 14), cycle=running, kind=SessionKind.INTERVISION) for _number in range(2)]
    house = OrganisationFactory()
    for group in groups:
        present(group, sector=sector, organisation=house)
        EnrolmentFactory(session=group, created_at=at(2023, 9, 1, 9))  # has a seat, never came, told nothing
        EnrolmentFactory(session=group, status=EnrolmentStatus.CANCELLED)
    found = {name: figure(f"interv_{name}") for name in ("groups", "participants", "meetings", "sectors", "bodies", "average")}
    assert found == {
        "groups": {"ended": 2},
        "participants": {"ended": 4},
        "meetings": {"ended": 4},
        "sectors": {"ended": 1},
        "bodies": {"ended": 1},
        "average": {"ended": 1},
    }
    assert (figure("interv_ended_sector"), counted_of("interv_ended_sector").unknown) == ({"homeless": 2}, 2)


def test_a_running_cycle_is_counted_as_far_as_the_report_goes() -> None:
    begun = cycle(2024)
    group = session(at(2024, 11, 5, 14), at(2025, 2, 4, 14), cycle=begun, kind=SessionKind.INTERVISION)
    present(group, sector=SectorFactory(slug="mental"))
    EnrolmentFactory(session=group, created_at=at(2025, 1, 10, 9))  # came after the report
    assert (figure("interv_meetings"), figure("interv_participants")) == ({"begun": 1}, {"begun": 1})
    assert (figure("interv_begun_sector"), figure("interv_ended_sector")) == ({"mental": 1}, {})


def test_cycles_of_the_same_season_are_one() -> None:
    for _number in range(2):
        session(at(2024, 2, 6, 14), cycle=cycle(2023), kind=SessionKind.INTERVISION)
    assert figure("interv_groups") == {"ended": 2}


def test_an_average_leaves_out_meetings_without_a_closed_roll_call() -> None:
    peers = cycle(2023, audience=Audience.PEER_WORKERS, programme=Programme.SUPPORT)
    group = session(at(2024, 1, 9, 14), at(2024, 2, 6, 14), cycle=peers, kind=SessionKind.INTERVISION, reference="G1")
    first = group.meetings.first()
    for _number in range(3):
        present(group, first)
    MeetingFactory(session=group, starts_at=at(2024, 3, 5, 14))
    assert (figure("pat_iv_meet"), figure("pat_iv_reg"), figure("pat_iv_avg")) == ({"g1": 3}, {"g1": 3}, {"g1": 2})
    assert figure("interv_groups") == {}


def test_team_leads_and_tables_have_figures_of_their_own() -> None:
    leads = cycle(2023, audience=Audience.TEAM_LEADS, programme=Programme.SUPPORT)
    present(session(cycle=leads, kind=SessionKind.INTERVISION))
    present(session(kind=SessionKind.EXCHANGE_TABLE))
    present(session(kind=SessionKind.STUDY_MORNING))
    assert [figure(key) for key in ("pat_coord_reg", "pat_coord_meet", "table_participants", "days_attended", "tables_held")] == [1] * 5
