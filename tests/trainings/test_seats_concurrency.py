"""Many people at once, on real connections: never one seat too many. Each proof has a control that shows the damage without the lock."""

import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from threading import Barrier, Event, Thread

import httpx
import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.live_server_helper import LiveServer

from core.lifecycle.transitions import TransitionNotAllowed
from core.merging.merge import CannotMerge
from core.models import OutgoingMail, User
from tests.concurrency import run_concurrently, slowly
from tests.core.factories import UserFactory
from tests.trainings.enrolment.groups import group_of
from tests.trainings.enrolment.seat_oracle import could_have_a_seat
from tests.trainings.factories import SessionFactory
from trainings.enrolment import newcomers, seats
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.confirm import SessionFull, confirm_enrolment, move_to_waiting
from trainings.enrolment.enrol import CannotEnrol, EnrolmentData, enrol_participant
from trainings.enrolment.groups.enrol import enrol_group
from trainings.enrolment.groups.people import AlreadyEnrolled, Colleague, NotReplaceable
from trainings.enrolment.groups.places import accept_for_group, cancel_places, give_place
from trainings.enrolment.move import CannotMove, move_enrolment
from trainings.enrolment.offers.answer import accept_offer, refuse_offer
from trainings.enrolment.seats import lock_session
from trainings.enrolment.views.receipts import EnrolmentReceipt
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, EnrolmentGroup, Participant, Session
from trainings.people.merge import merge_people
from trainings.planning.sessions import TooFewSeats, change_capacity
from trainings.seats.modes import GroupMode
from trainings.sessions.seat_counts import session_seats, waiting_rank

PEOPLE, SEATS = 24, 20
FIELD = re.compile(r'name="(csrfmiddlewaretoken|started)"[^>]*value="([^"]+)"')
REFUSALS = (SessionFull, TooFewSeats, CannotMove, TransitionNotAllowed, AlreadyEnrolled, NotReplaceable, CannotEnrol, CannotMerge)


@pytest.fixture
def server(committed: None) -> Iterator[str]:
    """The site on a port of its own, one thread and one connection a request."""
    running = LiveServer("localhost")
    yield running.url
    running.stop()


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row of the session is read without its lock, and time passes between counting the seats and writing."""
    monkeypatch.setattr(seats, "_locked", lambda rows: rows)
    monkeypatch.setattr(newcomers, "session_seats", slowly(session_seats, 0.25))


def send_the_form(url: str, number: int, barrier: Barrier) -> httpx.Response:
    """One person with a browser of her own: reads the form, waits for all the others, sends it."""
    with httpx.Client(timeout=120) as client:
        fields = dict(FIELD.findall(client.get(url).text))
        person = fields | {"name": f"Personne {number}", "email": f"person{number}@example.org", "language": "fr", "website": ""}
        barrier.wait(timeout=60)
        return client.post(url, data=person)


def enrol_all(server: str, session: Session) -> list[httpx.Response]:
    barrier = Barrier(PEOPLE)
    with translation.override("fr"):
        url = server + reverse("trainings:enrol", args=[session.reference])
    with ThreadPoolExecutor(PEOPLE) as pool:
        answers = list(pool.map(lambda number: send_the_form(url, number, barrier), range(PEOPLE)))
    assert {answer.status_code for answer in answers} == {302}
    return answers


def confirmed_in(session: Session) -> int:
    return int(session.enrolments.confirmed().count())


def test_24_people_send_the_form_at_once_for_20_seats(server: str) -> None:
    session = SessionFactory(capacity=SEATS)

    answers = enrol_all(server, session)

    assert confirmed_in(session) == SEATS
    waiting = list(session.enrolments.waiting())
    assert [waiting_rank(enrolment) for enrolment in waiting] == [1, 2, 3, 4]
    assert [enrolment.pk for enrolment in waiting] == sorted(enrolment.pk for enrolment in waiting), "in the order they were written"
    receipts = [EnrolmentReceipt.read(answer.headers["location"].rstrip("/").rpartition("/")[2]) for answer in answers]
    assert sorted(receipt.rank for receipt in receipts if receipt) == [0] * SEATS + [1, 2, 3, 4], "the screen tells the same"
    mails = OutgoingMail.objects.filter(kind="trainings/mail/enrolment_waiting")
    told = {mail.to: int(match[1]) for mail in mails if (match := re.search(r"(\d+)", mail.text.split("\n\n")[2]))}
    assert told == {enrolment.participant.email: waiting_rank(enrolment) for enrolment in waiting}, "and so do the mails"
    assert OutgoingMail.objects.filter(kind="trainings/mail/enrolment_confirmed").count() == SEATS


@pytest.mark.control
def test_without_the_lock_the_same_race_sells_seats_twice(server: str, without_lock: None) -> None:
    session = SessionFactory(capacity=SEATS)
    enrol_all(server, session)
    assert confirmed_in(session) > SEATS


def test_one_person_who_presses_many_times_is_enrolled_once(committed: None) -> None:
    session = SessionFactory(capacity=SEATS)
    outcomes: list[bool] = []

    def press(number: int) -> None:
        person = EnrolmentData(name="Alex Exemple", email="ALEX@example.org" if number % 2 else "alex@example.org")
        outcomes.append(enrol_participant(session_id=session.pk, person=person, now=timezone.now()).was_already_enrolled)

    run_concurrently(*(partial(press, number) for number in range(8)))
    assert sorted(outcomes) == [False] + [True] * 7
    assert Participant.objects.count() == Enrolment.objects.count() == 1


def test_pressing_cancel_many_times_at_once_frees_one_seat_and_sends_one_mail(committed: None) -> None:
    session = SessionFactory(capacity=2)
    person = EnrolmentData(name="Alex Exemple", email="alex@example.org")
    enrolment = enrol_participant(session_id=session.pk, person=person, now=timezone.now()).enrolment
    run_concurrently(*[lambda: cancel_enrolment(enrolment=enrolment, now=timezone.now())] * 8)
    assert enrolment.transitions.filter(to_status=EnrolmentStatus.CANCELLED).count() == 1
    assert OutgoingMail.objects.filter(kind="trainings/mail/enrolment_cancelled").count() == 1


class Traffic:
    """Random writes by several people on two small sessions, and a watcher that reads both in one statement all the while."""

    def __init__(self, seed: int, steps: int = 14, *, tolerated: tuple[type[Exception], ...] = ()) -> None:
        self.seed, self.steps, self.answered = seed, steps, (*REFUSALS, *tolerated)
        self.sessions: list[Session] = [SessionFactory(capacity=3), SessionFactory(capacity=2)]
        self.staff: User = UserFactory()
        self.over = Event()
        self.too_full: list[tuple[int, int]] = []

    def run(self, people: int = 6) -> None:
        watcher = Thread(target=self._watch)
        watcher.start()
        try:
            run_concurrently(*(partial(self._act, number) for number in range(people)))
        finally:
            self.over.set()
            watcher.join()
        self._look()

    def _watch(self) -> None:
        try:
            while not self.over.wait(0.005):
                self._look()
        finally:
            connection.close()

    def _look(self) -> None:
        for session in Session.objects.with_seats().filter(pk__in=[each.pk for each in self.sessions]):
            taken = session.confirmed_count + session.offered_count
            if taken > session.capacity:
                self.too_full.append((taken, session.capacity))

    def _act(self, number: int) -> None:
        chance = random.Random(f"{self.seed}:{number}")
        # The first step is the same for all, so that the control has a race to lose.
        enrol_participant(
            session_id=self.sessions[0].pk, person=EnrolmentData(name="First", email=f"first{number}@example.org"), now=timezone.now()
        )
        for step in range(self.steps):
            writes = [self._enrol] * 3 + [self._cancel] * 2 + [self._accept] * 2
            writes += [self._refuse, self._confirm, self._wait, self._move, self._resize]
            writes += [self._enrol_group] * 2 + [self._answer_for_group, self._cancel_some, self._replace, self._merge]
            try:
                chance.choice(writes)(chance, f"{number}-{step}")
            except self.answered:
                continue  # a clean no is a good answer

    def _enrol(self, chance: random.Random, name: str) -> None:
        person = EnrolmentData(name=name, email=f"p{self.seed}-{name}@example.org")
        enrol_participant(session_id=chance.choice(self.sessions).pk, person=person, now=timezone.now())

    def _cancel(self, chance: random.Random, name: str) -> None:
        for enrolment in self._somebody(chance):
            cancel_enrolment(enrolment=enrolment, now=timezone.now())
            cancel_enrolment(enrolment=enrolment, now=timezone.now())

    def _accept(self, chance: random.Random, name: str) -> None:
        for enrolment in self._somebody(chance):
            accept_offer(enrolment=enrolment, now=timezone.now())

    def _refuse(self, chance: random.Random, name: str) -> None:
        for enrolment in self._somebody(chance):
            refuse_offer(enrolment=enrolment, now=timezone.now())

    def _confirm(self, chance: random.Random, name: str) -> None:
        for enrolment in self._somebody(chance):
            confirm_enrolment(enrolment=enrolment, now=timezone.now(), by=self.staff)

    def _wait(self, chance: random.Random, name: str) -> None:
        for enrolment in self._somebody(chance):
            move_to_waiting(enrolment=enrolment, now=timezone.now(), by=self.staff)

    def _move(self, chance: random.Random, name: str) -> None:
        for enrolment in self._somebody(chance):
            move_enrolment(enrolment=enrolment, to_session=chance.choice(self.sessions), now=timezone.now(), by=self.staff)

    def _resize(self, chance: random.Random, name: str) -> None:
        change_capacity(session=chance.choice(self.sessions), capacity=chance.randint(0, 5), now=timezone.now(), by=self.staff)

    def _enrol_group(self, chance: random.Random, name: str) -> None:
        """Some of them are known already, or named in another group at this moment."""
        size = chance.randint(2, 3)
        facts = {"email": f"p{self.seed}-{name}@example.org", "prefix": f"known{chance.randint(0, 2)}-"}
        group = group_of(size, together=chance.random() < 0.5, unnamed=chance.randint(0, size - 2), **facts)
        enrol_group(session_id=chance.choice(self.sessions).pk, group=group, now=timezone.now())

    def _answer_for_group(self, chance: random.Random, name: str) -> None:
        for group in self._some_group(chance):
            accept_for_group(group=group, now=timezone.now())

    def _cancel_some(self, chance: random.Random, name: str) -> None:
        for group in self._some_group(chance):
            keys = list(group.enrolments.order_by("pk").values_list("pk", flat=True))[chance.randint(0, 1) :]
            cancel_places(group=group, places=keys, now=timezone.now())

    def _replace(self, chance: random.Random, name: str) -> None:
        for enrolment in self._somebody(chance):
            give_place(enrolment=enrolment, to=Colleague(name="Noa", email=f"noa{chance.randint(0, 2)}@example.org"), now=timezone.now())

    def _merge(self, chance: random.Random, name: str) -> None:
        people = list(Participant.objects.order_by("pk"))
        merge_people(keep=chance.choice(people), remove=chance.choice(people), now=timezone.now(), by=self.staff)

    def _some_group(self, chance: random.Random) -> list[EnrolmentGroup]:
        groups = list(EnrolmentGroup.objects.order_by("pk"))
        return [chance.choice(groups)] if groups else []

    def _somebody(self, chance: random.Random) -> list[Enrolment]:
        everybody = list(Enrolment.objects.order_by("pk"))
        return [chance.choice(everybody)] if everybody else []


@pytest.mark.parametrize("seed", range(3))
def test_random_traffic_never_overfills_a_session(committed: None, seed: int) -> None:
    traffic = Traffic(seed)
    traffic.run()
    assert traffic.too_full == []
    assert Enrolment.objects.filter(status=EnrolmentStatus.CONFIRMED).exists() or Enrolment.objects.count() > 10, "something happened"
    for enrolment in Enrolment.objects.all():
        rows = list(enrolment.transitions.order_by("pk").values_list("from_status", "to_status"))
        assert rows[0][0] == ""
        assert all(before[1] == after[0] for before, after in pairwise(rows)), "the history has no gap"
        assert rows[-1][1] == enrolment.status
        offers = sum(to_status == EnrolmentStatus.OFFERED for _was, to_status in rows)
        told = OutgoingMail.objects.filter(about=f"enrolment:{enrolment.pk}", kind="trainings/mail/seat_offered").count()
        assert told <= offers + (enrolment.group is not None), "an offer is told once; a place that gets its name once more"
    for group in EnrolmentGroup.objects.filter(mode=GroupMode.ALL_OR_NONE):
        assert len(set(group.enrolments.active().values_list("status", flat=True))) <= 1, "all or none"
    for session in Session.objects.prefetch_related("meetings"):
        assert not could_have_a_seat(session, timezone.now()), "a seat is idle while somebody waits who may have it"


@pytest.mark.control
def test_without_the_lock_the_same_traffic_overfills(committed: None, without_lock: None) -> None:
    # Without it, two writers also wait for each other's enrolments; the database then sends one of them away. On a busy machine all may
    # come one after the other: the race is run until somebody loses it.
    for seed in range(8):
        traffic = Traffic(seed, tolerated=(OperationalError,))
        traffic.run()
        if traffic.too_full:
            return
    pytest.fail("Nothing was overfilled without the lock: the control shows nothing.")


def test_the_lock_is_refused_outside_a_transaction(committed: None) -> None:
    """A lock that ends with its own statement protects nothing."""
    session = SessionFactory()
    with pytest.raises(transaction.TransactionManagementError):
        lock_session(session.pk)


def test_who_is_moved_while_somebody_confirms_is_counted_where_she_is_now(committed: None) -> None:
    """A stale page names the session she has left: the seat is counted in the session she is in."""
    roomy, full = SessionFactory(capacity=0), SessionFactory(capacity=0)
    person = EnrolmentData(name="Alex Exemple", email="alex@example.org")
    stale = enrol_participant(session_id=roomy.pk, person=person, now=timezone.now()).enrolment
    staff = UserFactory()
    move_enrolment(enrolment=stale, to_session=full, now=timezone.now(), by=staff)
    change_capacity(session=roomy, capacity=5, now=timezone.now(), by=staff)
    stale.session = roomy
    with pytest.raises(SessionFull):
        confirm_enrolment(enrolment=stale, now=timezone.now(), by=staff)
