"""The link of an evaluation, and whom it is sent to. Signed: making one writes nothing, so that a mail can be previewed."""

from django.core import signing
from django.db.models import Exists, OuterRef, Q
from django.utils.crypto import constant_time_compare, salted_hmac

from core.web.absolute_urls import absolute_url
from trainings.enums import ATTENDED, SessionStatus
from trainings.models import Attendance, Enrolment, EvaluationTicket, Questionnaire, TeamLead
from trainings.models.questionnaires import EVALUATIONS, Purpose
from trainings.querysets.enrolments import EnrolmentQuerySet

SALT = "trainings.evaluation"


def invited(enrolments: EnrolmentQuerySet, kind: str) -> EnrolmentQuerySet:
    """Those who are asked: who had a seat, and was there as far as anybody noted; a team lead only where the participant agreed."""
    marks = Attendance.objects.filter(enrolment=OuterRef("pk"))
    came = Exists(marks.filter(status__in=ATTENDED)) | ~Exists(marks)
    asked = enrolments.confirmed().known().exclude(session__status=SessionStatus.CANCELLED).filter(Q(came))
    return asked.filter(team_lead__isnull=False) if kind == Purpose.LEAD else asked


def evaluation_link(enrolment: Enrolment, kind: str, *, language: str = "") -> str:
    """The URL of the evaluation, in her language unless one is named; empty where she is not asked, or no questionnaire is open."""
    rows: EnrolmentQuerySet = Enrolment.objects.filter(pk=enrolment.pk)
    if not Questionnaire.objects.open().filter(purpose=kind).exists() or not invited(rows, kind).exists():
        return ""
    return absolute_url("trainings:evaluate", sign(enrolment, kind), language=language or enrolment.language)


def has_answered(enrolment: Enrolment, kind: str) -> bool:
    """Whether a reminder would be one too many. Known only until the evaluation is closed."""
    return EvaluationTicket.objects.filter(enrolment=enrolment, kind=kind, is_used=True).exists()


def lead_of(enrolment: Enrolment) -> TeamLead | None:
    """Whom the participant named as her team lead, and let us ask."""
    return TeamLead.objects.filter(enrolment=enrolment).first()


def sign(enrolment: Enrolment, kind: str) -> str:
    """The last part of the link: the same each time, whichever mail it stands in."""
    return signing.Signer(salt=SALT).sign_object([enrolment.pk, kind, _mark(enrolment)])


def read(link: str) -> tuple[Enrolment, str] | None:
    """Whose evaluation it is, and which; None where we did not sign it, or the person is forgotten or got new links since."""
    try:
        pk, kind, mark = signing.Signer(salt=SALT).unsign_object(link)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    enrolment = Enrolment.objects.known().select_related("session__module").filter(pk=pk).first()
    is_ours = enrolment is not None and kind in EVALUATIONS and constant_time_compare(mark, _mark(enrolment))
    return (enrolment, kind) if enrolment and is_ours else None


def _mark(enrolment: Enrolment) -> str:
    """Changes with the key of the manage link, and does not give that key away: a team lead gets this link too."""
    return salted_hmac(SALT, enrolment.token, algorithm="sha256").hexdigest()[:20]
