"""Two people who are one: merged with all that hangs on them, and two again."""

import datetime
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from core.merging.merge import CannotMerge, CannotUndo, MergeRefusal, UndoRefusal
from core.merging.selectors import forget_old_changes
from core.models import Merge, OutgoingMail
from core.privacy.person import erase_person, export_person
from tests.trainings.factories import (
    AccreditationNumberFactory,
    AttendanceFactory,
    CertificateFactory,
    EnrolmentFactory,
    EnrolmentGroupFactory,
    InterestFactory,
    ParticipantFactory,
    SessionFactory,
)
from trainings.enrolment.enrol import EnrolmentData, enrol_participant
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, EnrolmentTransition, Interest, Participant
from trainings.people.merge import merge_people, undo_merge_of_people

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LATER = NOW + datetime.timedelta(days=3)


def everything() -> dict[str, list[Any]]:
    """All rows of the trainings, but for the dated rows of changes, which tell of merge and undo too."""
    models = [model for model in apps.get_app_config("trainings").get_models() if model is not EnrolmentTransition]
    return {model._meta.label: sorted(model._base_manager.values_list(), key=repr) for model in models}


@pytest.fixture
def anna() -> Participant:
    person: Participant = ParticipantFactory(name="Anna Maes", email="anna@example.org")
    return person


@pytest.fixture
def ana() -> Participant:
    person: Participant = ParticipantFactory(name="Ana Maes", email="ana.maes@example.com")
    return person


def merged(keep: Participant, remove: Participant) -> Merge:
    return merge_people(keep=keep, remove=remove, now=NOW, by=None)


def undone(merge: Merge, now: datetime.datetime = LATER) -> Merge:
    return undo_merge_of_people(merge=merge, now=now, by=None)


def test_all_that_hangs_on_one_hangs_on_the_other(anna: Participant, ana: Participant) -> None:
    own, other, cancelled = (
        EnrolmentFactory(participant=anna),
        EnrolmentFactory(participant=ana),
        EnrolmentFactory(participant=ana, is_cancelled=True),
    )
    attendance = AttendanceFactory(enrolment=other)
    certificate = CertificateFactory(enrolment=other)
    wish = InterestFactory(email=ana.email)
    merged(anna, ana)
    assert set(anna.enrolments.all()) == {own, other, cancelled}
    assert attendance.enrolment.participant_id == other.participant_id != anna.pk
    for row in (attendance, certificate):
        row.refresh_from_db()
        assert row.enrolment.participant == anna
    wish.refresh_from_db()
    assert wish.email == anna.email
    assert not Participant.objects.filter(pk=ana.pk).exists()
    assert not OutgoingMail.objects.exists()


def test_undone_everything_is_as_it_was(anna: Participant, ana: Participant) -> None:
    session, module = SessionFactory(meetings=2), SessionFactory().module
    kept, dropped = (
        EnrolmentFactory(session=session, participant=anna),
        EnrolmentFactory(session=session, participant=ana, access_needs="boucle"),
    )
    first, second = session.meetings.all()
    AttendanceFactory(enrolment=kept, meeting=first, status="absent", minutes=0)
    AttendanceFactory(enrolment=dropped, meeting=first)
    AttendanceFactory(enrolment=dropped, meeting=second, status="late", minutes=90)
    CertificateFactory(enrolment=EnrolmentFactory(participant=ana))
    number = AccreditationNumberFactory(enrolment=kept)
    InterestFactory(module=module, email=anna.email, confirmed_at=None)
    InterestFactory(module=module, email=ana.email)
    before = everything()
    merge = merged(anna, ana)
    assert everything() != before
    number.refresh_from_db()
    assert number.enrolment == dropped, "she came as the other one: there it is reported"
    undone(merge)
    assert everything() == before


class TestInOneSession:
    def test_the_better_place_stays_and_the_seat_passes_on(self, anna: Participant, ana: Participant) -> None:
        session = SessionFactory(capacity=2, freed_seats="confirm")
        waits = EnrolmentFactory(session=session, is_waiting=True, created_at=NOW)
        first, second = EnrolmentFactory(session=session, participant=anna), EnrolmentFactory(session=session, participant=ana)
        merged(anna, ana)
        statuses = dict(Enrolment.objects.values_list("pk", "status"))
        assert statuses == {waits.pk: "confirmed", first.pk: "confirmed", second.pk: "cancelled"}
        assert second.transitions.filter(reason="same_person", to_status="cancelled").count() == 1
        assert OutgoingMail.objects.get().to == waits.participant.email

    def test_a_seat_under_the_removed_name_is_better_than_a_place_on_the_list(self, anna: Participant, ana: Participant) -> None:
        session = SessionFactory(capacity=1)
        seat, waits = (
            EnrolmentFactory(session=session, participant=ana),
            EnrolmentFactory(session=session, participant=anna, is_waiting=True),
        )
        merge = merged(anna, ana)
        assert dict(anna.enrolments.values_list("pk", "status")) == {seat.pk: "confirmed", waits.pk: "cancelled"}
        undone(merge)
        assert dict(Enrolment.objects.values_list("participant", "status")) == {ana.pk: "confirmed", anna.pk: "waiting"}

    def test_presences_and_needs_come_together(self, anna: Participant, ana: Participant) -> None:
        session = SessionFactory()
        kept, dropped = (
            EnrolmentFactory(session=session, participant=anna),
            EnrolmentFactory(session=session, participant=ana, access_needs="boucle"),
        )
        AttendanceFactory(enrolment=dropped)
        # Who came is the one who stays.
        merged(anna, ana)
        came, other = Enrolment.objects.get(pk=dropped.pk), Enrolment.objects.get(pk=kept.pk)
        assert (came.status, other.status, came.access_needs) == ("confirmed", "cancelled", "boucle")

    def test_a_seat_somebody_else_has_by_now_is_not_taken_away(self, anna: Participant, ana: Participant) -> None:
        session = SessionFactory(capacity=2, freed_seats="confirm")
        EnrolmentFactory(session=session, participant=anna)
        hers = EnrolmentFactory(session=session, participant=ana)
        newcomer = EnrolmentFactory(session=session, is_waiting=True)
        merge = merged(anna, ana)
        OutgoingMail.objects.all().delete()
        undone(merge)
        hers.refresh_from_db()
        newcomer.refresh_from_db()
        assert (hers.status, newcomer.status) == (EnrolmentStatus.WAITING, EnrolmentStatus.CONFIRMED)
        assert hers.queued_at == hers.created_at
        assert OutgoingMail.objects.get().to == ana.email
        assert session.enrolments.holding().count() == session.capacity

    @pytest.mark.control
    def test_without_counting_the_session_would_be_over_full(
        self, anna: Participant, ana: Participant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        session = SessionFactory(capacity=1, freed_seats="confirm")
        EnrolmentFactory(session=session, participant=anna)
        session.capacity = 2
        session.save()
        EnrolmentFactory(session=session, participant=ana)
        EnrolmentFactory(session=session, is_waiting=True)
        merge = merged(anna, ana)

        class Plenty:
            free = 1

        monkeypatch.setattr("trainings.people.enrolments.session_seats", lambda session: Plenty)
        undone(merge)
        assert session.enrolments.holding().count() > session.capacity


class TestWhatCameSince:
    def test_new_rows_stay_with_the_one_that_was_kept(self, anna: Participant, ana: Participant) -> None:
        hers = EnrolmentFactory(participant=ana)
        merge = merged(anna, ana)
        since = EnrolmentFactory(participant=anna)
        hers.refresh_from_db()
        hers.function = "infirmière"
        hers.save()
        undone(merge)
        assert list(anna.enrolments.all()) == [since]
        assert [each.function for each in Participant.objects.get(pk=ana.pk).enrolments.all()] == ["infirmière"]

    @pytest.mark.control
    def test_an_undo_that_looks_at_nothing_would_take_them_along(
        self, anna: Participant, ana: Participant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The control: put back by person instead of by what moved."""
        EnrolmentFactory(participant=ana)
        merge = merged(anna, ana)
        EnrolmentFactory(participant=anna)
        merge.changes = [
            each | {"keys": list(anna.enrolments.values_list("pk", flat=True))} if each["did"] == "repoint" else each
            for each in merge.changes
        ]
        merge.save()
        undone(merge)
        assert not anna.enrolments.exists()

    def test_whoever_enrolled_with_the_removed_address_gets_them_back(self, anna: Participant, ana: Participant) -> None:
        hers = EnrolmentFactory(participant=ana)
        merge = merged(anna, ana)
        again = ParticipantFactory(email=ana.email, name="Ana Maes")
        undone(merge)
        hers.refresh_from_db()
        assert hers.participant == again

    def test_a_place_taken_again_under_the_removed_address_stops_the_undo(self, anna: Participant, ana: Participant) -> None:
        session = EnrolmentFactory(participant=ana).session
        merge = merged(anna, ana)
        EnrolmentFactory(session=session, participant=ParticipantFactory(email=ana.email))
        with pytest.raises(CannotUndo) as refusal:
            undone(merge)
        assert refusal.value.reason == UndoRefusal.COLLIDES
        assert anna.enrolments.count() == 1


class TestRefusals:
    def test_nobody_is_merged_with_herself(self, anna: Participant) -> None:
        with pytest.raises(CannotMerge) as refusal:
            merged(anna, anna)
        assert refusal.value.reason == MergeRefusal.SAME_ROW

    def test_merging_twice_is_merging_once(self, anna: Participant, ana: Participant) -> None:
        merged(anna, ana)
        with pytest.raises(CannotMerge) as refusal:
            merged(anna, ana)
        assert refusal.value.reason == MergeRefusal.GONE
        assert Merge.objects.count() == 1

    @pytest.mark.parametrize(("days", "allowed"), [(30, True), (31, False)])
    def test_after_thirty_days_it_stays(self, anna: Participant, ana: Participant, days: int, allowed: bool) -> None:
        merge = merged(anna, ana)
        now = NOW + datetime.timedelta(days=days)
        assert forget_old_changes(now=now, dry_run=False) == (0 if allowed else 1)
        if allowed:
            undone(merge, now)
            return
        with pytest.raises(CannotUndo) as refusal:
            undone(merge, now)
        assert refusal.value.reason == UndoRefusal.TOO_LATE
        assert Merge.objects.get().changes == []

    def test_undoing_twice_is_undoing_once(self, anna: Participant, ana: Participant) -> None:
        merge = merged(anna, ana)
        undone(merge)
        with pytest.raises(CannotUndo) as refusal:
            undone(merge)
        assert refusal.value.reason == UndoRefusal.DONE

    def test_merges_are_undone_from_the_last_to_the_first(self, anna: Participant, ana: Participant) -> None:
        hers = EnrolmentFactory(participant=ana)
        first = merged(anna, ana)
        second = merged(ParticipantFactory(), anna)
        with pytest.raises(CannotUndo) as refusal:
            undone(first)
        assert refusal.value.reason == UndoRefusal.GONE
        undone(second)
        undone(first)
        hers.refresh_from_db()
        assert hers.participant_id == ana.pk


class TestPrivacy:
    def test_whoever_asks_by_the_removed_address_is_found_and_forgotten(self, anna: Participant, ana: Participant) -> None:
        hers, other = EnrolmentFactory(participant=ana), EnrolmentFactory(participant=anna)
        merged(anna, ana)
        told = export_person(ana.email)["trainings"]
        assert [each["reference"] for each in told["enrolments"]] == [hers.reference]
        assert told["merged_with_another_address"] == [NOW]
        erase_person(ana.email, now=LATER)
        assert Merge.objects.get().changes == []
        assert list(Enrolment.objects.known()) == [other]


def test_an_address_that_was_merged_away_can_enrol(anna: Participant, ana: Participant) -> None:
    session = SessionFactory()
    merged(anna, ana)
    outcome = enrol_participant(session_id=session.pk, person=EnrolmentData(name="Ana", email=ana.email), now=NOW)
    assert outcome.enrolment.email == ana.email


def test_two_open_wishes_for_one_module_become_one(anna: Participant, ana: Participant) -> None:
    wish = InterestFactory(email=anna.email, confirmed_at=None)
    InterestFactory(email=ana.email, module=wish.module)
    merged(anna, ana)
    assert [(each.email, each.confirmed_at is not None) for each in Interest.objects.all()] == [(anna.email, True)]


def test_the_groups_somebody_answers_for_follow_her_and_come_back(anna: Participant, ana: Participant) -> None:
    group = EnrolmentGroupFactory(contact_email=ana.email)
    before = everything()
    merge = merged(anna, ana)
    group.refresh_from_db()
    assert group.contact_email == anna.email
    undone(merge)
    assert everything() == before
