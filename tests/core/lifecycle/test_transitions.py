"""Every change of status leaves a dated row that says who and why; what the table does not allow is refused and leaves none."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.utils import timezone, translation

from cartography.enums import SubmissionKind, SubmissionStatus
from cartography.submissions import services as submissions
from core.lifecycle.transitions import Transition, TransitionNotAllowed, next_status
from core.models import User
from publications.enums import EditionStatus, Withdrawal
from publications.works.editions import publish_edition, restore_work, unpublish_edition, withdraw_edition, withdraw_work
from tests.apps import OURS
from tests.cartography.factories import PlaceFactory, SubmissionFactory
from tests.core.factories import UserFactory
from tests.publications.factories import EditionFactory, WorkFactory
from tests.trainings.factories import SessionFactory
from trainings.enums import SessionStatus
from trainings.planning.sessions import CannotChangeSession, cancel_session, close_session, publish_session

pytestmark = pytest.mark.django_db

# A status that is no step of a person's or an object's life, or that is told step by step elsewhere.
WITHOUT_ROWS = {
    "core.OutgoingMail": "the mail log itself",
    "newsletter.Delivery": "the ledger itself, with its own moments",
    "newsletter.SubscriberImport": "one run of a file",
    "cartography.PlaceImport": "one run of a file",
    "trainings.Attendance": "a fact, not a life",
    "trainings.AttendanceMark": "one mark of a trainer, kept as it was sent: the history itself",
}


@pytest.fixture
def officer() -> User:
    user: User = UserFactory()
    return user


def rows(row: Any) -> list[tuple[str, str, User | None, str]]:
    return [(each.from_status, each.to_status, each.by, each.reason) for each in row.transitions.all()]


def test_every_model_with_a_status_keeps_its_changes() -> None:
    silent = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in OURS
        and not issubclass(model, Transition)
        and any(field.name == "status" and field.choices for field in model._meta.concrete_fields)
        and not any(_keeps(relation.related_model) for relation in model._meta.related_objects)
    }
    assert silent == set(WITHOUT_ROWS)


def _keeps(model: type[Model] | str) -> bool:
    return isinstance(model, type) and issubclass(model, Transition)


def test_what_the_table_does_not_allow_is_refused() -> None:
    table = {"draft": {"published"}, "published": set()}
    assert next_status(table, "draft", "published") == "published"
    with pytest.raises(TransitionNotAllowed, match="published → draft"):
        next_status(table, "published", "draft")


class TestEditions:
    def test_its_life_is_told(self, officer: User) -> None:
        edition, now = EditionFactory(status=EditionStatus.DRAFT, is_orderable=True), timezone.now()
        publish_edition(edition=edition, now=now, by=officer)
        unpublish_edition(edition=edition, now=now, by=officer)
        publish_edition(edition=edition, now=now, by=officer)
        withdraw_edition(edition=edition, reason=Withdrawal.RIGHTS, now=now, by=officer)
        assert rows(edition) == [
            ("draft", "published", officer, ""),
            ("published", "draft", officer, ""),
            ("draft", "published", officer, ""),
            ("published", "withdrawn", officer, "rights"),
        ]
        with translation.override("fr"):
            assert edition.transitions.last().reason_label == str(Withdrawal.RIGHTS.label) != "rights"

    def test_a_refused_step_leaves_no_row(self, officer: User) -> None:
        edition = EditionFactory(status=EditionStatus.DRAFT)
        with pytest.raises(TransitionNotAllowed):
            withdraw_edition(edition=edition, reason=Withdrawal.ERROR, now=timezone.now(), by=officer)
        assert rows(edition) == []


def test_a_work_is_withdrawn_its_notice_corrected_and_offered_again(officer: User) -> None:
    work, now = WorkFactory(), timezone.now()
    withdraw_work(work=work, reason=Withdrawal.ERROR, now=now, by=officer)
    withdraw_work(work=work, reason=Withdrawal.RIGHTS, now=now, by=officer)
    restore_work(work=work, now=now, by=officer)
    restore_work(work=work, now=now, by=officer)
    assert rows(work) == [
        ("offered", "withdrawn", officer, "error"),
        ("withdrawn", "withdrawn", officer, "rights"),
        ("withdrawn", "offered", officer, ""),
    ]


class TestSubmissions:
    def test_a_proposal_is_sent_confirmed_and_decided(self, officer: User) -> None:
        sent = SubmissionFactory(status=SubmissionStatus.UNCONFIRMED, confirmed_at=None)
        now = timezone.now()
        for _twice in range(2):
            submissions.confirm_submission(submission=sent, now=now)
        submissions.refuse_submission(submission=sent, now=now, by=officer, note="Hors sujet.")
        assert rows(sent) == [("unconfirmed", "open", None, ""), ("open", "refused", officer, "Hors sujet.")]

    @pytest.mark.parametrize("send", ["report", "edit"])
    def test_what_needs_no_confirmation_begins_in_the_queue(self, send: str) -> None:
        place, now = PlaceFactory(), timezone.now()
        sender: dict[str, Callable[[], Any]] = {
            "report": lambda: submissions.report_place(place=place, reason="gone", comment="", email="", language="fr", now=now),
            "edit": lambda: submissions.propose_edit(place=place, data=submissions.PlaceData.of(place), comment="", language="fr", now=now),
        }
        sent = sender[send]()
        assert rows(sent) == [("", "open", None, "")]
        assert sent.kind == SubmissionKind(send)


def test_a_session_is_published_closed_and_called_off(officer: User) -> None:
    now = timezone.now()
    session = SessionFactory(status=SessionStatus.DRAFT, first_meeting_at=now + datetime.timedelta(days=9))
    publish_session(session=session, now=now, by=officer)
    close_session(session=session, now=now, by=officer)
    with pytest.raises(CannotChangeSession):
        cancel_session(session=session, message="", now=now, by=officer)
    publish_session(session=session, now=now, by=officer)
    cancel_session(session=session, message="Salle fermée.", now=now, by=officer)
    assert rows(session) == [
        ("draft", "published", officer, ""),
        ("published", "closed", officer, ""),
        ("closed", "published", officer, ""),
        ("published", "cancelled", officer, "Salle fermée."),
    ]
