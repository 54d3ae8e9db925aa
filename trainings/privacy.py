"""What the trainings know of a person, what for and how long; given out or erased by her address.

What remains of an enrolment names nobody and is counted once a year: session, status, sector, care zone, language, presence.
"""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop

from core.fields import readable_code, secret_token
from core.models import OutgoingMail
from core.privacy import Holding, PersonalData
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.mails import KINDS
from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.evaluation.answer import forget_drafts
from trainings.models import (
    AccreditationNumber,
    AttendanceMark,
    Certificate,
    Enrolment,
    EnrolmentGroup,
    EnrolmentTransition,
    EvaluationTicket,
    Interest,
    Meeting,
    Participant,
    SessionMessage,
    SessionTransition,
    TeamLead,
)
from trainings.payment.retention import forget_address, forget_details, known_payments
from trainings.people.known_as import enrolments_once_under, forget_merges_about, merges_about
from trainings.querysets.enrolments import EnrolmentQuerySet
from trainings.requests.forget import export_requests, forget_contact
from trainings.sessions.seat_counts import can_be_changed

ATTENDED = datetime.timedelta(days=5 * 365 + 1)
WAITED = datetime.timedelta(days=183)
UNCONFIRMED = datetime.timedelta(days=14)
TOLD = datetime.timedelta(days=30)
TEAM_LEAD = datetime.timedelta(days=366)
LONGEST_WISH = datetime.timedelta(days=730)
NOBODY = "N. N."
# What a run counts, in the words the back-office translates.
ENROLMENTS, WISHES = gettext_noop("enrolments"), gettext_noop("wishes to hear of a date")


def prune_enrolments(*, now: datetime.datetime, dry_run: bool = False) -> dict[str, int]:
    """Forgets whose periods are over; {what: how many} (would be forgotten, in a dry run)."""
    enrolments, wishes = enrolments_due(now), _wishes_due(now)
    if dry_run:
        return {ENROLMENTS: enrolments.count(), WISHES: wishes.count()}
    with transaction.atomic():
        # Why a session was called off may be about somebody: the message is kept as long as who got it.
        SessionTransition.objects.filter(session__in=_over(now - WAITED)).exclude(reason="").update(reason="")
        TeamLead.objects.filter(enrolment__session__in=_over(now - TEAM_LEAD)).delete()
        # Words to the people of a session may be about one of them.
        SessionMessage.objects.filter(session__in=_over(now - ATTENDED)).delete()
        forgotten = _forget(enrolments, now=now)
        known = Enrolment.objects.known().filter(group=OuterRef("pk"))
        _forget_contacts(EnrolmentGroup.objects.exclude(contact_email="").exclude(Exists(known)))
        return {ENROLMENTS: forgotten, WISHES: wishes.delete()[0]}


def enrolments_due(now: datetime.datetime) -> EnrolmentQuerySet:
    """Those whose person is to be forgotten."""
    had_a_seat = Q(status=EnrolmentStatus.CONFIRMED) & ~Q(session__status=SessionStatus.CANCELLED)
    return Enrolment.objects.known().filter(Q(session__in=_over(now - ATTENDED)) | Q(~had_a_seat, session__in=_over(now - WAITED)))


def _over(before: datetime.datetime) -> QuerySet[Meeting, Any]:
    """Sessions whose latest meeting ended before that moment."""
    return Meeting.objects.order_by().values("session").annotate(latest=Max("ends_at")).filter(latest__lt=before).values("session")


def _wishes_due(now: datetime.datetime) -> QuerySet[Interest]:
    return Interest.objects.filter(
        Q(confirmed_at=None, created_at__lt=now - UNCONFIRMED) | Q(notified_at__lt=now - TOLD) | Q(created_at__lt=now - LONGEST_WISH)
    )


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
    _forget(unnamed, now=now)
    _forget_contacts(groups)
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
    return {"enrolments": _forget(hers, now=now), "requests": requests}


def _of(email: str) -> EnrolmentQuerySet:
    """Those of the address, and those that were until a merge."""
    address = email.strip().lower()
    return Enrolment.objects.filter(Q(participant__email=address) | Q(pk__in=enrolments_once_under(address)))


def _groups_of(email: str) -> QuerySet[EnrolmentGroup]:
    return EnrolmentGroup.objects.filter(contact_email=email.strip().lower()).order_by("pk")


def _forget_contacts(groups: QuerySet[EnrolmentGroup]) -> None:
    """How many came together, and how, remains."""
    for group in groups:
        OutgoingMail.objects.filter(about=f"enrolmentgroup:{group.pk}").delete()
        group.contact_name, group.contact_email, group.token = NOBODY, "", secret_token()
        group.organisation, group.organisation_name = None, ""
        group.save()


def _wishes_of(email: str) -> QuerySet[Interest]:
    return Interest.objects.filter(email__iexact=email.strip())


def _led_by(email: str) -> QuerySet[TeamLead]:
    return TeamLead.objects.filter(email__iexact=email.strip())


def _mails_to(email: str) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(to__iexact=email.strip(), kind__startswith=KINDS)


def _forget(enrolments: EnrolmentQuerySet, *, now: datetime.datetime) -> int:
    """Leaves what is counted. Reasons and mails go too, they name people; whoever has no enrolment left is no participant any more."""
    rows = list(enrolments.select_for_update(of=("self",)))
    EnrolmentTransition.objects.filter(enrolment__in=rows).update(reason="")
    Certificate.objects.filter(enrolment__in=rows).delete()
    forget_drafts(EvaluationTicket.objects.filter(enrolment__in=rows))
    forget_details(rows)
    AccreditationNumber.objects.filter(enrolment__in=rows).delete()
    # What is counted is the presence; who noted it, and when, goes.
    AttendanceMark.objects.filter(enrolment__in=rows).delete()
    TeamLead.objects.filter(enrolment__in=rows).delete()
    OutgoingMail.objects.filter(about__in=[f"enrolment:{row.pk}" for row in rows]).delete()
    for row in rows:
        # New keys: what stands in an old mail leads nowhere.
        row.reference, row.token = readable_code(8), secret_token()
        row.participant, row.organisation = None, None
        row.name, row.function, row.organisation_name, row.access_needs = NOBODY, "", "", ""
        row.wants_newsletter, row.erased_at = False, now
        row.save()
    Participant.objects.filter(enrolments=None).delete()
    return len(rows)


PERSONAL_DATA = PersonalData(
    app="trainings",
    holdings=(
        Holding(
            "who had a seat (name, function, organisation), presence, certificate",
            "the meetings, the certificate and its check",
            "five years after the latest meeting",
        ),
        Holding("who waited, was offered a seat or cancelled", "a seat that comes free", "six months after the latest meeting"),
        Holding("who enrolled colleagues (name, e-mail address)", "to answer for their places", "as long as their enrolments"),
        Holding(
            "contact person of a request (name, organisation, what is needed)",
            "the proposal and the training",
            "five years after the training, six months after a request that led to none, two years without a step",
        ),
        Holding(
            "RIZIV/INAMI number of doctors, where they gave it",
            "reporting the attendance of an accredited day",
            "six months after the latest meeting, at once when taken back",
        ),
        Holding("access needs", "the meetings", "7 days after the latest meeting"),
        Holding("that an evaluation was answered; answers not sent yet", "nobody answers twice", "until the evaluation is closed"),
        Holding("wish to hear of a date", "the mail that tells it", "14 days unconfirmed, 30 days once told, two years at most"),
        Holding("who pays (name, addresses), before anything is asked for", "the payment request", "as long as the enrolment"),
        Holding("payment requests, credit notes, transfers", "the accounts, as the law asks", "ten years; e-mail address until erased"),
        Holding(
            "team lead a participant named, who agreed (name, address, language)",
            "the evaluation some months after",
            "until that evaluation is closed, a year after the latest meeting at most",
        ),
        Holding("what coordinators wrote to the people of a session", "its history", "five years after the latest meeting"),
        Holding("the address of a person known twice, once merged", "to undo the merge", "30 days"),
        Holding("mails", "to send them, and to see that they left", "90 days (core)"),
    ),
    export=export_person,
    erase=erase_person,
)
