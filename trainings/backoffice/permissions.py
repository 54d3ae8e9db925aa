"""Permissions of the admin views. Nothing compares group names."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from trainings.models import Certificate, Enrolment, Meeting, Session

VIEW_MODULES = "trainings.view_module"
CHANGE_MODULES = "trainings.change_module"
VIEW_SESSIONS = "trainings.view_session"
ADD_SESSIONS = "trainings.add_session"
RUN_SESSIONS = "trainings.change_session"
VIEW_CYCLES = "trainings.view_cycle"
ADD_CYCLES = "trainings.add_cycle"
VIEW_ENROLMENTS = "trainings.view_enrolment"
ADD_ENROLMENTS = "trainings.add_enrolment"
CHANGE_ENROLMENTS = "trainings.change_enrolment"
VIEW_PARTICIPANTS = "trainings.view_participant"
VIEW_CERTIFICATES = "trainings.view_certificate"
ISSUE_CERTIFICATES = "trainings.add_certificate"
REVOKE_CERTIFICATES = "trainings.change_certificate"
VIEW_REQUESTS = "trainings.view_trainingrequest"
HANDLE_REQUESTS = "trainings.change_trainingrequest"
MARK_ATTENDANCE = "trainings.mark_attendance"
VIEW_EVALUATIONS = "trainings.view_evaluationround"
CLOSE_EVALUATIONS = "trainings.add_evaluationround"
BUILD_QUESTIONNAIRES = "trainings.change_questionnaireversion"
VIEW_ANY_SESSION = "trainings.view_any_session"
EXPORT_ACCREDITATION = "trainings.export_accreditation"
VIEW_ACCESS_NEEDS = "trainings.view_access_needs"
VIEW_PAYMENTS = "trainings.view_paymentrequest"
REQUEST_PAYMENTS = "trainings.add_paymentrequest"
CHANGE_PAYMENTS = "trainings.change_paymentrequest"
VIEW_TRANSFERS = "trainings.view_bankline"
SETTLE_TRANSFERS = "trainings.change_bankline"
ADD_BANK_FILES = "trainings.add_bankfile"
CHANGE_PAYMENT_SETTINGS = "trainings.change_paymentsettings"


def sees_any_session(user: Any) -> bool:
    """Whether the user runs the whole programme, not only her own sessions."""
    return bool(user.has_perm(VIEW_ANY_SESSION))


def sessions_for(user: Any) -> QuerySet[Session]:
    """The sessions a user may know of: all for a coordinator, her own for a trainer."""
    sessions: QuerySet[Session] = Session.objects.all()
    return sessions if sees_any_session(user) else sessions.filter(trainers__user=user)


def meetings_for(user: Any) -> QuerySet[Meeting]:
    """The meetings of those sessions."""
    meetings: QuerySet[Meeting] = Meeting.objects.all()
    return meetings if sees_any_session(user) else meetings.filter(session__trainers__user=user)


def enrolments_for(user: Any) -> QuerySet[Enrolment]:
    """The people in those sessions, as long as they are known."""
    enrolments: QuerySet[Enrolment] = Enrolment.objects.known()
    return enrolments if sees_any_session(user) else enrolments.filter(session__trainers__user=user)


def certificates_for(user: Any) -> QuerySet[Certificate]:
    """The certificates of those people."""
    certificates: QuerySet[Certificate] = Certificate.objects.all()
    return certificates if sees_any_session(user) else certificates.filter(enrolment__session__trainers__user=user)


def can_read_access_needs(user: Any, session: Session) -> bool:
    """The promise of the enrolment form: the trainers of this very session, and nobody by habit."""
    return bool(user.has_perm(VIEW_ACCESS_NEEDS)) or session.trainers.filter(user=user).exists()


def meeting_or_404(user: Any, pk: int) -> Meeting:
    """A meeting of a session the user may know of, its session loaded."""
    return get_object_or_404(meetings_for(user).select_related("session__module", "session__venue"), pk=pk)
