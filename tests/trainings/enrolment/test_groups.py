"""Colleagues enrolled in one go: as many as fit or all together, kept for them until a day, then passed over and told."""

import datetime
from dataclasses import replace

import pytest
from django.db.models import F

from core.models import OutgoingMail
from tests.core.factories import SectorFactory, UserFactory
from tests.trainings.enrolment.groups import CONTACT, colleagues, enrol, group_of, made, places, statuses
from tests.trainings.enrolment.people import IN_FIVE_WEEKS, MONDAY, at, full_session, history_of, status_of
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from tests.trainings.mail import kinds_to, latest_mail, mails_to
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.confirm import confirm_enrolment
from trainings.enrolment.enrol import CannotEnrol, EnrolmentData, Refusal, enrol_participant
from trainings.enrolment.groups.mode import serve_as_many_as_fit
from trainings.enrolment.groups.people import AlreadyEnrolled, Colleague, NotReplaceable
from trainings.enrolment.groups.places import accept_for_group, cancel_places, give_place
from trainings.enrolment.offers.overdue import pass_on_offers
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, EnrolmentGroup, Meeting, Session
from trainings.planning.sessions import change_capacity, notify_of_change
from trainings.seats import rules
from trainings.seats.rules import Allotment

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
A_DAY_TOO_LATE = at("2027-01-26 10:00")  # seats are kept until the 25th: two weeks


def free_session(seats: int, **facts: object) -> Session:
    session: Session = SessionFactory(capacity=seats, first_meeting_at=IN_FIVE_WEEKS, **facts)
    return session


def newcomer(session: Session, name: str) -> Enrolment:
    return enrol_participant(session_id=session.pk, person=EnrolmentData(name=name, email=f"{name}@example.org"), now=MONDAY).enrolment


class TestEnrolling:
    def test_each_colleague_has_her_own_place_mail_and_link_and_the_contact_one_mail_more(self) -> None:
        session, sector = free_session(5), SectorFactory()
        outcome = enrol(session, group_of(3, sector=sector, organisation_name="Relais", language="nl"))
        group = made(outcome)
        assert (outcome.seats, outcome.waiting, statuses(group)) == (3, 0, ["confirmed"] * 3)
        assert {(each.sector, each.organisation_name, each.language) for each in places(group)} == {(sector, "Relais", "nl")}
        assert len({each.token for each in places(group)}) == 3
        assert kinds_to(CONTACT) == ["enrolment_confirmed", "group"]
        assert kinds_to("colleague1@example.org") == ["enrolment_confirmed"]
        assert "Lou Exemple" in latest_mail(places(group)[1]).text, "who enrolled her"

    def test_as_many_as_fit_have_a_seat_and_the_others_wait_in_their_order(self) -> None:
        session = free_session(2)
        outcome = enrol(session, group_of(4))
        assert (outcome.seats, outcome.waiting) == (2, 2)
        assert statuses(made(outcome)) == ["confirmed", "confirmed", "waiting", "waiting"]
        queued = [each.queued_at for each in places(made(outcome)) if each.queued_at]
        assert queued == sorted(set(queued)), "two different places in the queue"

    def test_all_together_is_all_or_nobody(self) -> None:
        session = free_session(3)
        newcomer(session, "first")
        outcome = enrol(session, group_of(3, together=True))
        assert (outcome.seats, outcome.waiting) == (0, 3)
        assert statuses(made(outcome)) == ["waiting"] * 3

    def test_somebody_enrolled_before_keeps_what_she_has_and_is_reminded(self) -> None:
        session = free_session(5)
        before = newcomer(session, "colleague1")
        outcome = enrol(session, group_of(3))
        assert (outcome.seats, len(places(made(outcome)))) == (3, 2)
        assert kinds_to(before.email) == ["enrolment_confirmed", "enrolment_already"]

    def test_names_may_follow(self) -> None:
        session = free_session(5)
        group = made(enrol(session, group_of(3, unnamed=2, language="en")))
        unnamed = places(group)[1]
        assert unnamed.name == "Colleague of Lou Exemple"
        assert unnamed.email == CONTACT
        assert kinds_to(CONTACT) == ["enrolment_confirmed", "group"], "the mail to the contact tells of them"
        old = unnamed.token

        give_place(enrolment=unnamed, to=Colleague(name="Noa Exemple", email="Noa@example.org"), now=MONDAY)

        unnamed.refresh_from_db()
        assert (unnamed.name, unnamed.email, unnamed.status) == ("Noa Exemple", "noa@example.org", "confirmed")
        assert unnamed.token != old
        assert kinds_to("noa@example.org") == ["enrolment_confirmed"]

    @pytest.mark.parametrize(("size", "together", "seats"), [(11, False, 14), (4, True, 3)], ids=["more than ten", "more than seats"])
    def test_too_many_are_refused(self, size: int, together: bool, seats: int) -> None:
        with pytest.raises(CannotEnrol) as refusal:
            enrol(free_session(seats), group_of(size, together=together))
        assert refusal.value.reason == Refusal.TOO_MANY
        assert not Enrolment.objects.exists()

    def test_at_most_so_many_of_one_organisation_holds_for_a_group(self) -> None:
        session = free_session(9, most_per_organisation=2, most_until=at("2027-01-20 00:00").date())
        told = {"organisation_name": "Relais"}
        assert statuses(made(enrol(session, group_of(3, **told)))) == ["confirmed", "confirmed", "waiting"]
        together = made(enrol(session, group_of(3, together=True, email="b@example.org", prefix="b", organisation_name="Autre")))
        assert statuses(together) == ["waiting"] * 3
        pass_on_offers(now=at("2027-01-21 00:01"))
        assert statuses(together) == ["offered"] * 3

    def test_kept_seats_hold_for_a_group(self) -> None:
        housing = SectorFactory()
        session = free_session(3, kept_seats=1, kept_until=at("2027-01-20 00:00").date())
        session.kept_sectors.set([housing])
        assert statuses(made(enrol(session, group_of(3)))) == ["confirmed", "confirmed", "waiting"]
        assert newcomer(session, "passer").status == "waiting"
        of_housing = enrol_participant(
            session_id=session.pk, person=EnrolmentData(name="a", email="housing@example.org", sector=housing), now=MONDAY
        )
        assert of_housing.enrolment.status == "confirmed"


class TestOnTheWaitingList:
    def test_seats_free_in_its_turn_are_kept_until_there_are_enough(self) -> None:
        session, [one, two], [] = full_session(capacity=2, waiting=0)
        group = made(enrol(session, group_of(2, together=True)))
        behind = newcomer(session, "behind")

        cancel_enrolment(enrolment=one, now=MONDAY)
        assert (statuses(group), status_of(behind)) == (["waiting"] * 2, "waiting"), "one seat is kept"
        assert newcomer(session, "passer").status == "waiting", "a passer-by does not get it either"

        cancel_enrolment(enrolment=two, now=MONDAY)
        assert (statuses(group), status_of(behind)) == (["offered"] * 2, "waiting")

    def test_after_the_day_it_is_passed_over_and_told_once(self) -> None:
        session, [one, two], [] = full_session(capacity=2, waiting=0)
        group = made(enrol(session, group_of(2, together=True)))
        behind = newcomer(session, "behind")
        cancel_enrolment(enrolment=one, now=MONDAY)
        assert pass_on_offers(now=at("2027-01-25 23:59")) == 0, "the day itself included"

        assert pass_on_offers(now=A_DAY_TOO_LATE) == 1
        pass_on_offers(now=A_DAY_TOO_LATE)

        assert (statuses(group), status_of(behind)) == (["waiting"] * 2, "offered")
        assert kinds_to(CONTACT) == ["enrolment_waiting", "group", "group"]
        assert "Les places ne sont plus gardées" in mails_to(CONTACT)[-1].subject
        change_capacity(session=session, capacity=4, now=A_DAY_TOO_LATE, by=UserFactory())
        assert statuses(group) == ["offered"] * 2, "enough at once: it has its turn all the same"
        assert status_of(two) == "confirmed"

    def test_without_free_seats_it_is_told_all_the_same(self) -> None:
        session, _seated, [] = full_session(capacity=2, waiting=0)
        made(enrol(session, group_of(2, together=True)))
        pass_on_offers(now=A_DAY_TOO_LATE)
        assert kinds_to(CONTACT)[-1] == "group"
        assert EnrolmentGroup.objects.get().told_passed_over_at == A_DAY_TOO_LATE

    def test_a_session_too_near_keeps_nothing(self) -> None:
        session = free_session(1)
        group = made(enrol(session, group_of(2, together=False), now=at("2027-02-10 10:00")))
        assert group.held_together_until is None

    def test_nothing_is_kept_for_a_group_the_rules_never_let_in_as_a_whole(self) -> None:
        session, [one, _two], [] = full_session(capacity=2, waiting=0, most_per_organisation=1, most_until=at("2027-02-01 00:00").date())
        made(enrol(session, group_of(2, together=True, organisation_name="Relais")))
        behind = newcomer(session, "behind")
        cancel_enrolment(enrolment=one, now=MONDAY)
        assert status_of(behind) == "offered"

    def test_the_contact_answers_for_all(self) -> None:
        session, seated, [] = full_session(capacity=2, waiting=0)
        group = made(enrol(session, group_of(2, together=True)))
        change_capacity(session=session, capacity=4, now=MONDAY, by=UserFactory())
        assert kinds_to("colleague1@example.org") == ["enrolment_waiting"], "only the contact is asked"
        accept_for_group(group=group, now=MONDAY)
        accept_for_group(group=group, now=MONDAY)
        assert statuses(group) == ["confirmed"] * 2
        assert kinds_to("colleague1@example.org") == ["enrolment_waiting", "enrolment_confirmed"]
        assert len(seated) == 2

    def test_an_offer_without_an_answer_ends_for_all_and_the_late_answer_is_that_of_all(self) -> None:
        session, _seated, [] = full_session(capacity=2, waiting=0)
        group = made(enrol(session, group_of(2, together=True)))
        change_capacity(session=session, capacity=4, now=MONDAY, by=UserFactory())
        late = at("2027-01-15 00:01")
        pass_on_offers(now=late)
        assert statuses(group) == ["lapsed"] * 2
        assert kinds_to(CONTACT) == ["enrolment_waiting", "group", "group", "group"]
        accept_for_group(group=group, now=late)
        assert statuses(group) == ["offered"] * 2, "nobody else waits: the seats are offered once more"

    def test_one_colleague_may_refuse_and_the_others_keep_their_offer(self) -> None:
        session, _seated, [] = full_session(capacity=3, waiting=0)
        group = made(enrol(session, group_of(3, together=True)))
        change_capacity(session=session, capacity=6, now=MONDAY, by=UserFactory())
        cancel_enrolment(enrolment=places(group)[2], now=MONDAY)
        assert statuses(group) == ["offered", "offered", "cancelled"]

    def test_taking_the_seats_one_by_one_gives_what_was_kept(self) -> None:
        session, [one, _two], [] = full_session(capacity=2, waiting=0)
        group = made(enrol(session, group_of(2, together=True)))
        cancel_enrolment(enrolment=one, now=MONDAY)
        serve_as_many_as_fit(group=group, now=MONDAY)
        assert statuses(group) == ["offered", "waiting"]
        assert kinds_to(CONTACT)[-1] == "seat_offered"

    def test_a_coordinator_who_confirms_one_splits_the_group(self) -> None:
        session, _seated, [] = full_session(capacity=2, waiting=0)
        group = made(enrol(session, group_of(2, together=True)))
        confirm_enrolment(enrolment=places(group)[0], now=MONDAY, by=UserFactory(), over_capacity=True)
        group.refresh_from_db()
        assert not group.is_together

    @pytest.mark.control
    def test_without_the_rule_a_group_is_split(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rules, "served_with", lambda pk, group, mode: str(pk))
        session, [one, _two], [] = full_session(capacity=2, waiting=0)
        group = made(enrol(session, group_of(2, together=True)))
        cancel_enrolment(enrolment=one, now=MONDAY)
        assert statuses(group) == ["offered", "waiting"]

    @pytest.mark.control
    def test_without_keeping_somebody_behind_takes_the_seat(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Allotment, "_is_kept_for", lambda seats, party: False)
        session, [one, _two], [] = full_session(capacity=2, waiting=0)
        made(enrol(session, group_of(2, together=True)))
        behind = newcomer(session, "behind")
        cancel_enrolment(enrolment=one, now=MONDAY)
        assert status_of(behind) == "offered"


class TestReplacing:
    def test_a_colleague_takes_the_place_as_it_stands(self) -> None:
        _session, [one], [waiting] = full_session(capacity=1, waiting=1)
        new = give_place(enrolment=one, to=Colleague(name="Noa", email="noa@example.org"), now=MONDAY)
        assert (status_of(one), new.status, status_of(waiting)) == ("cancelled", "confirmed", "waiting")
        assert history_of(one)[-1] == ("cancelled", "replaced")
        assert history_of(new) == [("confirmed", "replaces")]
        assert kinds_to(one.email) == ["enrolment_cancelled"]
        assert "Noa a maintenant votre place" in mails_to(one.email)[-1].text
        assert kinds_to("noa@example.org") == ["enrolment_confirmed"]

    def test_a_rank_and_an_offer_pass_to_her_too(self) -> None:
        _session, [one], [first, second] = full_session(capacity=1, waiting=2)
        new = give_place(enrolment=first, to=Colleague(name="Noa", email="noa@example.org"), now=MONDAY)
        assert (new.status, new.queued_at) == ("waiting", first.queued_at)
        cancel_enrolment(enrolment=one, now=MONDAY)
        again = give_place(enrolment=new, to=Colleague(name="Max", email="max@example.org"), now=MONDAY)
        assert (again.status, again.answer_by) == ("offered", at("2027-01-14 23:59").replace(second=59))
        assert status_of(second) == "waiting"
        assert kinds_to("max@example.org") == ["seat_offered"]

    def test_somebody_who_is_there_already_cannot_take_it(self) -> None:
        _session, [one, two], [] = full_session(capacity=2, waiting=0)
        with pytest.raises(AlreadyEnrolled):
            give_place(enrolment=one, to=Colleague(name="x", email=two.email), now=MONDAY)
        assert status_of(one) == "confirmed"

    def test_a_cancelled_place_goes_to_nobody(self) -> None:
        enrolment = EnrolmentFactory(status=EnrolmentStatus.CANCELLED)
        with pytest.raises(NotReplaceable):
            give_place(enrolment=enrolment, to=Colleague(name="x", email="x@example.org"), now=MONDAY)


def test_one_some_or_all_are_cancelled_and_their_seats_pass_on() -> None:
    session = free_session(3)
    group = made(enrol(session, group_of(3)))
    behind = [newcomer(session, name) for name in ("a", "b")]
    keys = [each.pk for each in places(group)]
    assert cancel_places(group=group, places=keys[1:2], now=MONDAY) == 1
    assert cancel_places(group=group, places=keys[1:2], now=MONDAY) == 0
    assert [status_of(each) for each in behind] == ["offered", "waiting"]
    assert cancel_places(group=group, places=keys, now=MONDAY) == 2
    assert [status_of(each) for each in behind] == ["offered", "offered"]
    assert OutgoingMail.objects.filter(kind="trainings/mail/enrolment_cancelled").count() == 3


def test_the_same_addresses_twice_are_one_person_each() -> None:
    session = free_session(5)
    enrol(session, group_of(3))
    outcome = enrol(session, group_of(3))
    assert outcome.group is None
    assert (outcome.seats, outcome.waiting) == (2, 1), "the answer of a newcomer"
    assert Enrolment.objects.count() == 3
    assert colleagues(1)[0].email == "colleague1@example.org"


class TestTheContactIsTold:
    """One mail for each thing that happens to her group, and none of what she did or knows already."""

    def test_when_a_colleague_cancels(self) -> None:
        outcome = enrol(free_session(5), group_of(3))
        first, second, _third = places(made(outcome))
        OutgoingMail.objects.all().delete()
        cancel_enrolment(enrolment=second, now=MONDAY)
        assert kinds_to("colleague1@example.org") == ["enrolment_cancelled"]
        assert kinds_to(CONTACT) == ["group"]
        [mail] = mails_to(CONTACT)
        assert "a annulé" in mail.subject
        cancel_enrolment(enrolment=second, now=MONDAY)
        assert kinds_to(CONTACT) == ["group"], "once"
        cancel_enrolment(enrolment=first, now=MONDAY)
        assert kinds_to(CONTACT) == ["group", "enrolment_cancelled"], "it is her own place"

    def test_not_of_what_she_cancels_herself(self) -> None:
        group = made(enrol(free_session(5), group_of(3)))
        OutgoingMail.objects.all().delete()
        cancel_places(group=group, places=[places(group)[1].pk], now=MONDAY)
        assert kinds_to(CONTACT) == []

    def test_when_dates_change_and_she_has_no_place(self) -> None:
        session = free_session(9)
        outside = [
            made(enrol(session, replace(group_of(2, email=f"{name}@example.org", prefix=name), takes_part=False)))
            for name in ("boss", "gone")
        ]
        inside = made(enrol(session, group_of(2)))
        cancel_places(group=outside[1], places=[each.pk for each in places(outside[1])], now=MONDAY)
        Meeting.objects.update(starts_at=F("starts_at") + DAY, ends_at=F("ends_at") + DAY)
        OutgoingMail.objects.all().delete()
        assert notify_of_change(session=session, now=MONDAY, by=UserFactory()) == 1 + 1 + len(places(inside))
        assert kinds_to("boss@example.org") == ["group"]
        assert kinds_to(CONTACT) == ["session_changed"], "not twice"
        assert kinds_to("gone@example.org") == [], "none of hers has a place"
