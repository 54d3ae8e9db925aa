"""What must hold after every step of a random life, said without the code under test where it can be."""

import datetime
from itertools import pairwise

from hypothesis.stateful import RuleBasedStateMachine, invariant

from core.models import OutgoingMail
from tests.trainings.enrolment.seat_mails import MailsDue
from tests.trainings.enrolment.seat_oracle import could_have_a_seat
from trainings.enums import EnrolmentStatus, FreedSeats
from trainings.models import Enrolment, EnrolmentGroup, Session
from trainings.seats.modes import GroupMode
from trainings.sessions.offer_plan import plan_for
from trainings.sessions.seat_counts import waiting_rank


class SeatTruths(RuleBasedStateMachine):
    """Of the sessions of a life, their people and their mails."""

    sessions: list[Session]
    now: datetime.datetime
    enrolled: int
    is_settled: bool
    ranks: dict[int, int]
    mails: MailsDue

    @invariant()
    def no_seat_is_given_twice(self) -> None:
        for session in Session.objects.with_seats().filter(pk__in=[each.pk for each in self.sessions]):
            assert session.confirmed_count + session.offered_count <= session.capacity, "a seat was given twice"

    @invariant()
    def nobody_is_lost_or_promoted_twice(self) -> None:
        assert Enrolment.objects.count() == self.enrolled
        for enrolment in Enrolment.objects.prefetch_related("transitions"):
            rows = list(enrolment.transitions.all())
            assert all(before.to_status == after.from_status for before, after in pairwise(rows)), "the history has no gap"
            assert rows[-1].to_status == enrolment.status
            offers = [row for row in rows if row.to_status == EnrolmentStatus.OFFERED]
            # Whoever takes a place over takes its offer over.
            assert all(row.from_status in {EnrolmentStatus.WAITING, ""} and row.answer_by for row in offers)

    @invariant()
    def who_wants_all_seats_or_none_is_never_split(self) -> None:
        for group in EnrolmentGroup.objects.filter(mode=GroupMode.ALL_OR_NONE):
            found = set(group.enrolments.active().values_list("status", flat=True))
            assert len(found) <= 1, f"a group was split: {found}"

    @invariant()
    def each_mail_leaves_once(self) -> None:
        wrong = self.mails.wrong()
        assert not wrong, f"a mail did not leave once: {wrong}"

    @invariant()
    def no_seat_is_idle_while_somebody_waits_who_may_have_it(self) -> None:
        if not self.is_settled:
            return
        for where in range(2):
            session = self._session(where)
            if plan_for(session, self.now).way != FreedSeats.BY_HAND:
                assert not could_have_a_seat(session, self.now), "a seat is idle while somebody waits who may have it"
            overdue = session.enrolments.offered().filter(answer_by__lt=self.now)
            assert not overdue.exists()

    @invariant()
    def a_rank_once_told_never_gets_worse(self) -> None:
        ranks = {each.pk: waiting_rank(each) for each in Enrolment.objects.waiting()}
        assert all(rank <= self.ranks.get(pk, rank) for pk, rank in ranks.items())
        self.ranks = ranks

    @invariant()
    def the_contact_is_told_once_that_nothing_is_kept_any_more(self) -> None:
        for group in EnrolmentGroup.objects.all():
            mails = OutgoingMail.objects.filter(about=f"enrolmentgroup:{group.pk}", subject__startswith="Les places ne sont plus gardées")
            assert mails.count() == (group.told_passed_over_at is not None)

    def look(self) -> None:
        """All of the above."""
        self.who_wants_all_seats_or_none_is_never_split()
        self.the_contact_is_told_once_that_nothing_is_kept_any_more()
        self.no_seat_is_given_twice()
        self.nobody_is_lost_or_promoted_twice()
        self.each_mail_leaves_once()
        self.no_seat_is_idle_while_somebody_waits_who_may_have_it()
        self.a_rank_once_told_never_gets_worse()

    def _session(self, where: int) -> Session:
        return Session.objects.prefetch_related("meetings").get(pk=self.sessions[where].pk)
