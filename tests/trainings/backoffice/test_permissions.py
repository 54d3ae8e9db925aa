"""Every endpoint of the trainings back-office: what a trainer sees of her own sessions and of those of others. Strangers: tests/crawl."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from core.accounts.roles import ensure_groups
from core.models import OutgoingMail
from tests.core.factories import MergeFactory
from tests.core.people import member
from tests.crawl.endpoints import is_refused
from tests.trainings.factories import (
    CatalogueYearFactory,
    CertificateFactory,
    EnrolmentFactory,
    ParticipantFactory,
    SessionFactory,
    make_catalogue,
    make_sheets,
)
from tests.trainings.mailings.factories import MailRuleFactory, SessionMessageFactory
from tests.trainings.requests.factories import ProposalFactory, ProposalPartFactory, TrainingRequestFactory
from trainings.models import Attendance, Certificate, Enrolment, Session, Trainer
from trainings.roles import ROLES

pytestmark = pytest.mark.django_db

NAMESPACES = ("trainings_", "core_organisations:", "core_sectors:", "core_themes:")


# Rows that hang on no session.
OF_REQUESTS = {
    *("assign_request", "ask_for_needs", "write_proposal", "send_proposal", "plan_request"),
    *("bill_request", "resend_request", "decline_request", "withdraw_request"),
}
MADE = {"trainings_mail_rules": MailRuleFactory, "trainings_catalogue_years": CatalogueYearFactory}


def names(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Every named address of our namespaces; True when it takes a key."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from names(each, inner)
        elif isinstance(each, URLPattern) and each.name and prefix.startswith(NAMESPACES):
            yield f"{prefix}{each.name}", bool(each.pattern.converters)


def endpoints() -> list[tuple[str, bool]]:
    return sorted(set(names(get_resolver())))


def own_keys(namespace: str, view: str, session: Session) -> list[object]:
    """The keys of mails by rule, messages, catalogues of years and requests of organisations."""
    if namespace in MADE:
        return [MADE[namespace]().pk]
    if view in {"leave_out_mail", "put_back_mail"}:
        return [session.pk, MailRuleFactory().pk]
    if view == "message":
        return [session.pk, SessionMessageFactory(session=session).pk]
    if view in {"switch_on_mail_rule", "switch_off_mail_rule", "preview_mail_rule"}:
        return [MailRuleFactory().pk]
    if view == "request_people":
        return [ProposalPartFactory(session=session).session_id]
    if view == "proposal_pdf":
        return [ProposalFactory().pk]
    if namespace == "trainings_requests" or view in OF_REQUESTS:
        return [TrainingRequestFactory().pk]
    if view in {"withdraw_catalogue", "frozen_catalogue", "draft_catalogue"}:
        return [CatalogueYearFactory().pk, *(["fr"] if view != "withdraw_catalogue" else [])]
    return []


def address(name: str, takes_key: bool, certificate: Certificate) -> str:
    """The address of an endpoint, with the key of a row that exists."""
    enrolment = certificate.enrolment
    session = enrolment.session
    keys = {
        "trainings_sessions": session.pk,
        "trainings_enrolments": enrolment.pk,
        "trainings_participants": enrolment.participant_id,
        "trainings_certificates": certificate.pk,
        "trainings_modules": session.module_id,
        "trainings_venues": session.venue_id,
        "core_themes": session.module.theme_id,  # type: ignore[union-attr]
    }
    namespace, _, view = name.partition(":")
    key = keys.get(namespace, 1)
    if view in {"compare", "keep_apart"}:
        return reverse(name, args=[key, ParticipantFactory().pk])
    if keys_of_mails := own_keys(namespace, view, session):
        return reverse(name, args=keys_of_mails if takes_key else [])
    if view in {"begin_sheet", "translate_sheet", "publish_sheet"}:
        make_catalogue()["nl"].save_revision().publish()  # coordinators may write below it
        make_sheets(session.module, nl="Luisteren")
        return reverse(name, args=[session.module_id, "nl"] if view == "publish_sheet" else [session.module_id])
    if view == "undo_merge":
        return reverse(name, args=[MergeFactory(kind="trainings.participant", kept_id=key).pk])
    if namespace == "trainings_backoffice":
        if view in {
            "roll_call",
            "mark",
            "close_roll",
            "sign_in_sheet",
            "all_present",
            "add_walk_in",
            "decide_conflict",
            "check_in_code",
            "paper_roll",
        }:
            key = session.meetings.get().pk
        elif "certificate" in view and view not in {"issue_certificates", "issue_certificate"}:
            key = certificate.pk
        else:
            own = {
                "issue_certificate",
                "move_to_waiting",
                "resend_mail",
                "correct_email",
                "request_payment",
                "note_team_lead",
                "forget_team_lead",
            }
            key = enrolment.pk if "enrolment" in view or view in own else session.pk
    more = ["hot"] if view == "close_evaluation" else []
    return reverse(name, args=[key, *more] if takes_key else [])


@pytest.fixture
def certificate() -> Certificate:
    made: Certificate = CertificateFactory()
    return made


def test_the_endpoints_are_found() -> None:
    found = {name for name, _ in endpoints()}
    assert {"trainings_sessions:index", "trainings_backoffice:mark", "trainings_enrolments:inspect", "core_themes:delete"} <= found
    assert len(found) > 60


def test_views_nobody_asked_for_do_not_exist() -> None:
    for name in ("trainings_enrolments:edit", "trainings_enrolments:delete", "trainings_participants:add", "trainings_sessions:copy"):
        with pytest.raises(NoReverseMatch):
            reverse(name, args=[1])


@pytest.mark.parametrize(("name", "takes_key"), [endpoint for endpoint in endpoints() if endpoint[1]])
def test_a_trainer_stays_outside_of_somebody_elses_session(
    name: str, takes_key: bool, certificate: Certificate, as_trainer: Client
) -> None:
    path = address(name, takes_key, certificate)
    for method in ("get", "post"):
        assert is_refused(as_trainer, path, method), (name, method)
    assert not Attendance.objects.exists()


# Rooms a trainer enters: there the rows are hers only (TestOwnSessions).
FOR_TRAINERS = {f"trainings_{rows}:{view}" for rows in ("sessions", "enrolments", "certificates") for view in ("index", "index_results")}
FOR_TRAINERS |= {"trainings_backoffice:evaluation", "trainings_backoffice:planned_mails"}
# Their rows are made by tests of their own.
ELSEWHERE = (
    *(
        "core_organisations",
        "core_sectors",
        "trainings_trainers",
        "trainings_cycles",
        "trainings_backoffice:copy_cycle",
        "trainings_questionnaire",
    ),
    *("trainings_backoffice:frozen_catalogue", "trainings_backoffice:draft_catalogue"),
)
# A script without any row, for whoever marks presences.
FOR_TRAINERS |= {"trainings_backoffice:roll_call_worker", "trainings_backoffice:own_sessions"}


@pytest.mark.parametrize("name", [name for name, takes_key in endpoints() if not takes_key and name not in FOR_TRAINERS])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_trainer_adds_and_lists_nothing_but_her_own(name: str, method: str, certificate: Certificate, as_trainer: Client) -> None:
    assert is_refused(as_trainer, reverse(name), method)


@pytest.mark.parametrize("name", sorted(FOR_TRAINERS))
def test_a_trainer_sees_the_listings_of_her_sessions(name: str, as_trainer: Client) -> None:
    assert as_trainer.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(("name", "takes_key"), endpoints())
def test_looking_changes_nothing(name: str, takes_key: bool, certificate: Certificate, coordinator: Client) -> None:
    session = certificate.enrolment.session
    meeting = session.meetings.get()
    before = (session.status, certificate.enrolment.status, certificate.revoked_at, meeting.roll_closed_at)
    response = coordinator.get(address(name, takes_key, certificate))
    assert response.status_code in {200, 405} or name.startswith(ELSEWHERE) or "questionnaire" in name
    for row in (session, certificate, certificate.enrolment, meeting):
        row.refresh_from_db()
    assert (session.status, certificate.enrolment.status, certificate.revoked_at, meeting.roll_closed_at) == before
    assert not OutgoingMail.objects.exists()


class TestOwnSessions:
    """A trainer sees her own sessions everywhere, and no others anywhere."""

    @pytest.fixture
    def own(self, trainer: Trainer) -> Enrolment:
        session = SessionFactory()
        session.trainers.add(trainer)
        enrolment: Enrolment = EnrolmentFactory(session=session, name="Mienne Exemple")
        CertificateFactory(enrolment=enrolment)
        return enrolment

    @pytest.fixture
    def other(self) -> Enrolment:
        enrolment: Enrolment = EnrolmentFactory(name="Autrui Exemple")
        CertificateFactory(enrolment=enrolment)
        return enrolment

    @pytest.mark.parametrize("query", ["", "?q=Exemple", "?status=confirmed", "results"])
    def test_listings_show_her_own(self, as_trainer: Client, own: Enrolment, other: Enrolment, query: str) -> None:
        path = reverse("trainings_enrolments:index_results") if query == "results" else reverse("trainings_enrolments:index") + query
        html = as_trainer.get(path).content.decode()
        assert "Mienne" in html
        assert "Autrui" not in html

    def test_the_filter_names_no_other_session(self, as_trainer: Client, own: Enrolment, other: Enrolment) -> None:
        html = as_trainer.get(reverse("trainings_enrolments:index")).content.decode()
        assert own.session.reference in html
        assert other.session.reference not in html

    def test_a_filter_by_another_session_gives_nobody(self, as_trainer: Client, own: Enrolment, other: Enrolment) -> None:
        html = as_trainer.get(reverse("trainings_enrolments:index"), {"session": other.session_id}).content.decode()
        assert "Autrui" not in html

    def test_she_sees_no_address_and_cannot_search_for_one(self, as_trainer: Client, own: Enrolment) -> None:
        email = own.participant.email
        assert email not in as_trainer.get(reverse("trainings_enrolments:inspect", args=[own.pk])).content.decode()
        assert "Mienne" not in as_trainer.get(reverse("trainings_enrolments:index"), {"q": email}).content.decode()

    def test_she_opens_her_roll_call_sheet_and_certificates(self, as_trainer: Client, own: Enrolment) -> None:
        meeting = own.session.meetings.get()
        for name, key in (("roll_call", meeting.pk), ("sign_in_sheet", meeting.pk), ("certificate_pdf", own.certificate.pk)):
            assert as_trainer.get(reverse(f"trainings_backoffice:{name}", args=[key])).status_code == 200

    def test_certificates_are_her_own(self, as_trainer: Client, own: Enrolment, other: Enrolment) -> None:
        html = as_trainer.get(reverse("trainings_certificates:index")).content.decode()
        assert "Mienne" in html
        assert "Autrui" not in html


class TestGroups:
    """The groups are there after `migrate`, and again after a second one."""

    def test_each_role_has_its_group_and_all_its_permissions(self) -> None:
        for role in ROLES:
            user = member(role.name)
            assert all(user.has_perm(permission) for permission in role.permissions), role.name

    def test_running_again_changes_nothing_and_keeps_what_was_added(self) -> None:
        group = Group.objects.get(name="Trainer")
        extra = Group.objects.get(name="Coordinator").permissions.exclude(pk__in=group.permissions.values("pk"))[0]
        group.permissions.add(extra)
        before = set(group.permissions.values_list("pk", flat=True))
        ensure_groups(ROLES)
        assert set(group.permissions.values_list("pk", flat=True)) == before
        assert Group.objects.filter(name="Trainer").count() == 1

    def test_a_permission_that_was_taken_away_by_mistake_comes_back(self) -> None:
        Group.objects.get(name="Trainer").permissions.clear()
        ensure_groups(ROLES)
        assert member("Trainer").has_perm("trainings.mark_attendance")

    def test_no_group_reads_the_access_needs_of_every_session(self) -> None:
        assert not any(member(role.name).has_perm("trainings.view_access_needs") for role in ROLES)
