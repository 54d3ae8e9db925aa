"""What the trainings know of a person, given out or erased by her address."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.models import OutgoingMail
from core.privacy.registry import Words
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.mails import KINDS
from trainings.models import AccreditationNumber, Certificate, Enrolment, EnrolmentGroup, Interest, TeamLead, Trainer
from trainings.payment.retention import forget_address, known_payments
from trainings.people.known_as import enrolments_once_under, forget_merges_about, merges_about
from trainings.privacy.forget import forget_contacts, forget_enrolments, forget_trainer
from trainings.querysets.enrolments import EnrolmentQuerySet
from trainings.requests.forget import export_requests, forget_contact
from trainings.sessions.seat_counts import can_be_changed


def export_person(email: str) -> dict[str, Any]:
    """Everything about one address, as a person may ask for it (GDPR 15 and 20). No secret link."""
    fields = (
        "reference",
        "status",
        "name",
        "function",
        "organisation_label",
        "language",
        "access_needs",
        "wants_newsletter",
        "created_at",
    )
    return {
        "enrolments": [
            {"session": str(each.session)}
            | {field: getattr(each, field) for field in fields}
            | {"sector": each.sector.name if each.sector else "", "care_zone": each.get_care_zone_display()}
            | {"history": list(each.transitions.values("at", "to_status", "answer_by", "reason"))}
            | {"presence": list(each.attendances.values("meeting__starts_at", "status", "minutes", "source"))}
            | {"riziv_inami_number": list(AccreditationNumber.objects.filter(enrolment=each).values("number", "given_at"))}
            | {"messages": list(each.message_copies.values("message__written_at", "message__subject", "message__body"))}
            | {"evaluations_answered": list(each.evaluation_tickets.values("kind", "is_used", "draft__answers"))}
            | {"team_lead": list(TeamLead.objects.filter(enrolment=each).values("name", "email", "language", "agreed_at"))}
            | {"certificates": list(Certificate.objects.filter(enrolment=each).values("code", "title", "minutes", "issued_at"))}
            for each in _of(email).select_related("session", "organisation", "sector")
        ],
        "groups_of_colleagues": [
            {"session": str(each.session), "places": each.enrolments.count()}
            | {field: getattr(each, field) for field in ("contact_name", "organisation_label", "language", "mode", "created_at")}
            for each in _groups_of(email).select_related("session__module", "organisation")
        ],
        "wishes_to_hear_of_a_date": list(_wishes_of(email).values("module__name", "created_at", "confirmed_at", "notified_at")),
        "requests": export_requests(email),
        "named_as_team_lead": list(_led_by(email).values("name", "language", "agreed_at")),
        "mails": list(_mails_to(email).values("created_at", "subject")),
        "payment_requests": known_payments(email),
        "merged_with_another_address": [each.at for each in merges_about(email.strip().lower())],
        "trainers": list(_trainers(email).values("name", "languages", "strengths", "is_active")),
    }


@transaction.atomic
def erase_person(email: str, *, now: datetime.datetime) -> dict[str, int]:
    """Forgets one address (GDPR 17). A seat still to come is given back; the certificates are gone.

    Of a group she answered for: the places without a name are given back, her colleagues keep theirs.
    """
    groups = _groups_of(email)
    unnamed = Enrolment.objects.known().filter(group__in=groups, participant=None)
    for enrolment in unnamed.active().order_by("session", "pk"):
        if can_be_changed(enrolment, now):
            cancel_enrolment(enrolment=enrolment, now=now)
    forget_enrolments(unnamed, now=now)
    forget_contacts(groups)
    for enrolment in _of(email).active().order_by("session", "pk"):
        if can_be_changed(enrolment, now):
            cancel_enrolment(enrolment=enrolment, now=now)
    _wishes_of(email).delete()
    requests = forget_contact(email, now=now)
    _led_by(email).delete()
    _mails_to(email).delete()
    forget_address(email)
    hers = Enrolment.objects.filter(pk__in=list(_of(email).values_list("pk", flat=True)))
    forget_merges_about(email.strip().lower())
    for trainer in _trainers(email):
        forget_trainer(trainer)
    return {gettext_noop("enrolments"): forget_enrolments(hers, now=now), gettext_noop("requests"): requests}


def refusals(email: str) -> list[Words]:
    """A trainer still at work is asked for by sessions to come."""
    if _trainers(email).filter(is_active=True).exists():
        return [_("She is a trainer of the pool. Say there first that she gives no more training (Training courses › Trainers).")]
    return []


def _trainers(email: str) -> QuerySet[Trainer]:
    return Trainer.objects.filter(email__iexact=email.strip())


def _of(email: str) -> EnrolmentQuerySet:
    """Those of the address, and those that were until a merge."""
    address = email.strip().lower()
    return Enrolment.objects.filter(Q(participant__email=address) | Q(pk__in=enrolments_once_under(address)))


def _groups_of(email: str) -> QuerySet[EnrolmentGroup]:
    return EnrolmentGroup.objects.filter(contact_email=email.strip().lower()).order_by("pk")


def _wishes_of(email: str) -> QuerySet[Interest]:
    return Interest.objects.filter(email__iexact=email.strip())


def _led_by(email: str) -> QuerySet[TeamLead]:
    return TeamLead.objects.filter(email__iexact=email.strip())


def _mails_to(email: str) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(to__iexact=email.strip(), kind__startswith=KINDS)
