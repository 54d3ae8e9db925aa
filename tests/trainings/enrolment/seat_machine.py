"""Random lives of two sessions, step by step, and what must hold after every step (docs/decisions/0029)."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from core.lifecycle.transitions import TransitionNotAllowed
from core.merging.merge import CannotMerge, CannotUndo
from core.models import Merge
from tests.core.factories import OrganisationFactory, SectorFactory, UserFactory
from tests.trainings.enrolment.people import IN_FIVE_WEEKS, MONDAY
from tests.trainings.enrolment.seat_mails import MailsDue
from tests.trainings.enrolment.seat_oracle import could_have_a_seat
from tests.trainings.enrolment.seat_truths import SeatTruths
from tests.trainings.factories import SessionFactory
from trainings.enrolment.cancel import CannotCancel, cancel_enrolment
from trainings.enrolment.confirm import SessionFull, SessionOver, confirm_enrolment, move_to_waiting
from trainings.enrolment.enrol import CannotEnrol, EnrolmentChanges, EnrolmentData, change_enrolment, enrol_participant
from trainings.enrolment.groups.enrol import enrol_group
from trainings.enrolment.groups.mode import serve_as_many_as_fit
from trainings.enrolment.groups.people import AlreadyEnrolled, Colleague, GroupData, NotReplaceable
from trainings.enrolment.groups.places import accept_for_group, cancel_places, give_place
from trainings.enrolment.move import CannotMove, move_enrolment
from trainings.enrolment.offers.answer import accept_offer, refuse_offer
from trainings.enrolment.offers.overdue import pass_on_offers, settle_session
from trainings.enums import EnrolmentStatus, FreedSeats, Phase
from trainings.models import Enrolment, EnrolmentGroup, Participant, Session
from trainings.people.merge import merge_people, undo_merge_of_people
from trainings.planning.sessions import TooFewSeats, change_capacity
from trainings.seats.modes import GroupMode

REFUSALS = (SessionFull, SessionOver, TooFewSeats, CannotMove, CannotCancel, CannotEnrol, TransitionNotAllowed)
GROUP_REFUSALS = (AlreadyEnrolled, NotReplaceable)
MERGE_REFUSALS = (CannotMerge, CannotUndo)
# The better place first: who is known twice keeps it.
PLACES = [EnrolmentStatus.CONFIRMED, EnrolmentStatus.OFFERED, EnrolmentStatus.WAITING, EnrolmentStatus.LAPSED]
WHO = st.integers(0, 30)
WHERE = st.integers(0, 1)
HOURS = st.sampled_from([1, 20, 30, 75, 200])


class SeatMachine(SeatTruths):
    """Every step is one service on PostgreSQL, in a transaction that is thrown away at the end of the life."""

    @initialize()
    def two_sessions(self) -> None:
        self.life = transaction.atomic()
        self.life.__enter__()
        self.now = MONDAY
        self.staff = UserFactory()
        self.sectors = [SectorFactory(), SectorFactory()]
        self.organisations = [OrganisationFactory(sector=sector) for sector in self.sectors]
        self.sessions: list[Session] = [SessionFactory(capacity=seats, first_meeting_at=IN_FIVE_WEEKS) for seats in (2, 1)]
        self.enrolled = 0
        self.is_settled = True
        self.ranks: dict[int, int] = {}
        self.mails = MailsDue()
        # Both full, and somebody waits: the lives worth living begin here.
        for where in (0, 0, 0, 0, 1, 1):
            self.enrol(where=where, sector=self.enrolled % 2, organisation=None)

    def teardown(self) -> None:
        if hasattr(self, "life"):
            transaction.set_rollback(True)
            self.life.__exit__(None, None, None)

    # What people do

    @rule(where=WHERE, sector=WHERE, organisation=st.sampled_from([None, 0, 1]))
    def enrol(self, where: int, sector: int, organisation: int | None) -> None:
        session = self._session(where)
        could_have = could_have_a_seat(session, self.now)
        facts = {"sector": self.sectors[sector], "organisation": self._organisation(organisation)}
        person = EnrolmentData(name="Alex", email=f"p{self.enrolled}@example.org", **facts)
        outcome = self._try(enrol_participant, session_id=session.pk, person=person, now=self.now)
        if outcome is not None:
            self.enrolled += 1
            is_passer_by = outcome.enrolment.status == EnrolmentStatus.CONFIRMED and bool(could_have)
            assert not is_passer_by, "a passer-by took a seat that somebody who waits may have"

    @rule(where=WHERE, size=st.integers(2, 4), unnamed=WHERE, together=st.booleans(), organisation=st.sampled_from([None, 0, 1]))
    def enrol_colleagues(self, where: int, size: int, unnamed: int, together: bool, organisation: int | None) -> None:
        session = self._session(where)
        could_have = could_have_a_seat(session, self.now)
        people = tuple(Colleague(name="Alex", email=f"p{self.enrolled + place}@example.org") for place in range(1, size - unnamed))
        contact = EnrolmentData(name="Lou", email=f"p{self.enrolled}@example.org", organisation=self._organisation(organisation))
        mode = GroupMode.ALL_OR_NONE if together else GroupMode.AS_MANY_AS_FIT
        told = GroupData(contact=contact, colleagues=people, unnamed=unnamed, mode=mode)
        outcome = self._try(enrol_group, session_id=session.pk, group=told, now=self.now)
        if outcome is not None:
            self.enrolled += size
            assert not (outcome.seats and could_have), "a passer-by took a seat that somebody who waits may have"

    @rule(which=WHO)
    def the_contact_answers(self, which: int) -> None:
        for group in self._some_group(which):
            has_begun = group.session.phase(self.now) != Phase.TO_COME
            self._do(accept_for_group, group=group, now=self.now, answers_after_the_start=has_begun)
            is_over = group.enrolments.filter(status=EnrolmentStatus.LAPSED).exists()
            self._do(accept_for_group, group=group, now=self.now) if not is_over else None

    @rule(which=WHO, some=st.integers(0, 3))
    def the_contact_cancels_some(self, which: int, some: int) -> None:
        for group in self._some_group(which):
            keys = list(group.enrolments.order_by("pk").values_list("pk", flat=True))[some:]
            self._try(cancel_places, group=group, places=keys, now=self.now)
            self._try(cancel_places, group=group, places=keys, now=self.now)

    @rule(which=WHO)
    def the_contact_takes_seats_one_by_one(self, which: int) -> None:
        for group in self._some_group(which):
            self._do(serve_as_many_as_fit, group=group, now=self.now)

    @rule(who=WHO)
    def replace(self, who: int) -> None:
        for enrolment in self._somebody(who):
            to = Colleague(name="Noa", email=f"p{self.enrolled}@example.org")
            is_named = enrolment.participant_id is not None
            before = enrolment.status
            place = self._try(give_place, enrolment=enrolment, to=to, now=self.now)
            if place is not None:
                self.enrolled += is_named
                assert (place.status, place.queued_at, place.answer_by) == (before, enrolment.queued_at, enrolment.answer_by)
                self.ranks.pop(enrolment.pk, None)
                if not is_named:
                    self.mails.name_given(place)

    @rule(who=WHO)
    def cancel_twice(self, who: int) -> None:
        for enrolment in self._somebody(who):
            self._try(cancel_enrolment, enrolment=enrolment, now=self.now)
            self._try(cancel_enrolment, enrolment=enrolment, now=self.now)

    @rule(who=WHO)
    def accept(self, who: int) -> None:
        for enrolment in self._somebody(who, EnrolmentStatus.OFFERED, EnrolmentStatus.LAPSED):
            deadline = enrolment.answer_by
            if enrolment.is_answered_by_contact:
                continue  # her page sends her to her own enrolment
            has_begun = self._session_of(enrolment).phase(self.now) != Phase.TO_COME
            answered = self._do(accept_offer, enrolment=enrolment, now=self.now, answers_after_the_start=has_begun)
            in_time = deadline is not None and self.now <= deadline
            assert (answered.status == EnrolmentStatus.CONFIRMED) == in_time, "in time is a seat, too late is none"
            self._do(accept_offer, enrolment=enrolment, now=self.now) if in_time else None

    @rule(who=WHO)
    def refuse_twice(self, who: int) -> None:
        for enrolment in self._somebody(who, EnrolmentStatus.OFFERED, EnrolmentStatus.LAPSED):
            self._do(refuse_offer, enrolment=enrolment, now=self.now)
            self._do(refuse_offer, enrolment=enrolment, now=self.now)

    @rule(who=WHO, sector=WHERE, organisation=st.sampled_from([None, 0, 1]))
    def change_details(self, who: int, sector: int, organisation: int | None) -> None:
        for enrolment in self._somebody(who):
            told = EnrolmentChanges(name="Alex", sector=self.sectors[sector], organisation=self._organisation(organisation))
            self._do(change_enrolment, enrolment=enrolment, changes=told, now=self.now)

    # What coordinators do

    @rule(where=WHERE, capacity=st.integers(0, 4))
    def resize(self, where: int, capacity: int) -> None:
        self._try(change_capacity, session=self._session(where), capacity=capacity, now=self.now, by=self.staff)

    @rule(where=WHERE, seats=st.integers(0, 2), days=st.integers(0, 12))
    def keep_seats(self, where: int, seats: int, days: int) -> None:
        session = self._session(where)
        session.kept_sectors.set(self.sectors[:1])
        self._edit(session, kept_seats=seats, kept_until=self._day(days))

    @rule(where=WHERE, most=st.sampled_from([None, 1, 2]), days=st.integers(0, 12))
    def limit_organisations(self, where: int, most: int | None, days: int) -> None:
        self._edit(self._session(where), most_per_organisation=most, most_until=self._day(days))

    @rule(where=WHERE, way=st.sampled_from(FreedSeats))
    def choose_the_way(self, where: int, way: FreedSeats) -> None:
        self._edit(self._session(where), freed_seats=way)

    @rule(who=WHO, where=WHERE)
    def move(self, who: int, where: int) -> None:
        for enrolment in self._somebody(who):
            self.ranks.pop(enrolment.pk, None)
            self._try(move_enrolment, enrolment=enrolment, to_session=self._session(where), now=self.now, by=self.staff)

    @rule(who=WHO)
    def confirm(self, who: int) -> None:
        for enrolment in self._somebody(who):
            self._try(confirm_enrolment, enrolment=enrolment, now=self.now, by=self.staff)

    @rule(who=WHO)
    def put_back(self, who: int) -> None:
        for enrolment in self._somebody(who):
            self._try(move_to_waiting, enrolment=enrolment, now=self.now, by=self.staff)
        self.ranks.clear()  # a coordinator may put somebody before others

    @rule(who=WHO, other=WHO)
    def merge(self, who: int, other: int) -> None:
        people = list(Participant.objects.order_by("pk"))
        keep, remove = people[who % len(people)], people[other % len(people)]
        best = self._best_places(keep, remove)
        if self._try(merge_people, keep=keep, remove=remove, now=self.now, by=self.staff) is not None:
            now = self._best_places(keep)
            lost = [where for where, place in best.items() if PLACES.index(now[where]) > PLACES.index(place)]
            assert not lost, "the worse of two places stayed"

    @rule(which=WHO)
    def undo_a_merge(self, which: int) -> None:
        merges = list(Merge.objects.filter(undone_at=None).order_by("pk"))
        if merges:
            self._try(undo_merge_of_people, merge=merges[which % len(merges)], now=self.now, by=self.staff)
            self.ranks.clear()  # whoever is two people again has her old place in the queue

    # What time does

    @rule(hours=HOURS)
    def time_passes(self, hours: int) -> None:
        self.now += datetime.timedelta(hours=hours)
        self.is_settled = False

    @precondition(lambda self: not self.is_settled)
    @rule()
    def the_worker_looks(self) -> None:
        self._do(pass_on_offers, now=self.now)
        assert self._do(pass_on_offers, now=self.now) == 0, "a second look finds nothing to do"
        self.is_settled = True

    # How a step is made

    def _session_of(self, enrolment: Enrolment) -> Session:
        return Session.objects.prefetch_related("meetings").get(pk=enrolment.session_id)

    @staticmethod
    def _best_places(*people: Participant) -> dict[int, EnrolmentStatus]:
        """By session: the best that one of them has there."""
        rows = Enrolment.objects.active().filter(participant__in=people).values_list("session_id", "status")
        worst_first = sorted(rows, key=lambda row: -PLACES.index(EnrolmentStatus(row[1])))
        return {session: EnrolmentStatus(status) for session, status in worst_first}

    def _organisation(self, place: int | None) -> Any:
        return None if place is None else self.organisations[place]

    def _somebody(self, who: int, *statuses: EnrolmentStatus) -> list[Enrolment]:
        rows = Enrolment.objects.order_by("pk")
        everybody = list(rows.filter(status__in=statuses) if statuses else rows.active())
        return [everybody[who % len(everybody)]] if everybody else []

    def _some_group(self, which: int) -> list[EnrolmentGroup]:
        groups = list(EnrolmentGroup.objects.order_by("pk"))
        return [groups[which % len(groups)]] if groups else []

    def _day(self, days: int) -> datetime.date:
        return timezone.localdate(self.now) + datetime.timedelta(days=days)

    def _edit(self, session: Session, **facts: Any) -> None:
        Session.objects.filter(pk=session.pk).update(**facts)
        self._do(settle_session, session_id=session.pk, now=self.now)

    def _try(self, write: Callable[..., Any], **arguments: Any) -> Any:
        try:
            return self._do(write, **arguments)
        except (*REFUSALS, *GROUP_REFUSALS, *MERGE_REFUSALS):
            return None  # a clean no is a good answer

    def _do(self, write: Callable[..., Any], answers_after_the_start: bool = False, **arguments: Any) -> Any:
        answer = write(**arguments)
        self.mails.note(answers_after_the_start=answers_after_the_start)
        return answer
