"""A mail in a coordinator's words, filled in for one person: queued by those who send, rendered by those who look first."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext as _

from core.mail.foot import foot_for
from core.mail.message import queue_mail
from core.mail.render import Parts, render
from core.models import OutgoingMail
from core.text.safety import harmless
from core.web.absolute_urls import absolute_url
from trainings.enums import Delivery, EnrolmentStatus
from trainings.mailings.sources import NEEDED, SOURCES, Link, Supplied
from trainings.mailings.words import filled, paragraphs, placeholders_for
from trainings.models import Attendance, Certificate, Enrolment, MailRule, Session, TeamLead
from trainings.models.mailings import Audience, MailKind
from trainings.sessions.titles import page_for_module
from trainings.templatetags.trainings import by_day, hours

TEMPLATE = "trainings/mail/written"


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom, in which language, and all that the templates need."""

    to: str
    language: str
    about: str
    context: dict[str, Any]


def letter_by_rule(rule: MailRule, enrolment: Enrolment, *, now: datetime.datetime) -> Letter | None:
    """The mail of a rule about an enrolment; None: its source has nothing to say, or there is no team lead. Reads the meetings."""
    lead = TeamLead.objects.filter(enrolment=enrolment).first() if rule.audience == Audience.TEAM_LEADS else None
    if rule.audience == Audience.TEAM_LEADS and lead is None:
        return None
    language = lead.language if lead else enrolment.language
    with translation.override(language):
        supplies = _supplies(rule, enrolment, for_team_lead=lead is not None, now=now)
    if NEEDED.get(MailKind(rule.kind), "") not in {"", *supplies}:
        return None
    subject, body = rule.subject_in(language), rule.body_in(language)
    return letter(enrolment, subject=subject, body=body, lead=lead, supplies=supplies)


def sample_by_rule(rule: MailRule, enrolment: Enrolment, *, language: str, now: datetime.datetime) -> Letter:
    """The mail of a rule as it would read in a language, whoever gets it in the end; places without a source stay empty."""
    enrolment.language = language
    lead = None
    if rule.audience == Audience.TEAM_LEADS:
        lead = TeamLead(enrolment=enrolment, name=_("the team lead"), email=enrolment.email, language=language)
    with translation.override(language):
        supplies = _supplies(rule, enrolment, for_team_lead=lead is not None, now=now)
    return letter(enrolment, subject=rule.subject_in(language), body=rule.body_in(language), lead=lead, supplies=supplies)


def _supplies(rule: MailRule, enrolment: Enrolment, *, for_team_lead: bool, now: datetime.datetime) -> dict[str, Supplied]:
    """What other subjects say in this mail, by block; those whose place such a mail has not are not asked."""
    known = placeholders_for(rule.kind, rule.audience)
    found = {
        block: source.supply(enrolment, kind=MailKind(rule.kind), for_team_lead=for_team_lead, now=now)
        for block, source in SOURCES.items()
        if block in known
    }
    return {block: supplied for block, supplied in found.items() if supplied}


def letter(
    enrolment: Enrolment, *, subject: str, body: str, lead: TeamLead | None = None, supplies: Mapping[str, Supplied] | None = None
) -> Letter:
    """Words about an enrolment, to its person or to her team lead."""
    language = lead.language if lead else enrolment.language
    session = enrolment.session
    page = page_for_module(session.module, language)
    title = str(page.title) if page else session.name
    with translation.override(language):
        meetings = list(session.meetings.all())
        facts = _facts(enrolment, title=title, to=lead.name if lead else enrolment.name)
        links = _links(enrolment, sheet=page.full_url if page else "")
        lines: list[tuple[str, str]] = []
        for block, supplied in (supplies or {}).items():
            lines = supplied.lines
            links |= {block: supplied.link} if supplied.link else {}
        # The link of a meeting online is for those who have a seat.
        has_seat = enrolment.status == EnrolmentStatus.CONFIRMED
        blocks = {*links, "dates", *(supplies or {}), *(("practical",) if has_seat else ())}
        context = {
            "subject": filled(subject, facts),
            "paragraphs": paragraphs(body, facts, blocks),
            "links": links,
            "lines": lines,
            "title": title,
            "session": session,
            "meetings": meetings,
            "is_team_lead": lead is not None,
        }
    return Letter(to=lead.email if lead else enrolment.email, language=language, about=f"enrolment:{enrolment.pk}", context=context)


def send(written: Letter, *, now: datetime.datetime) -> OutgoingMail:
    """Queues it. Call inside the transaction of the ledger's row."""
    return queue_mail(template=TEMPLATE, to=written.to, language=written.language, context=written.context, about=written.about, now=now)


def preview(written: Letter) -> Parts:
    """What would arrive; nothing is queued."""
    return render(TEMPLATE, written.language, written.context, foot=foot_for(written.language))


def _facts(enrolment: Enrolment, *, title: str, to: str) -> dict[str, str]:
    session: Session = enrolment.session
    days = by_day(session.meetings.all())
    minutes = Attendance.objects.filter(enrolment=enrolment).aggregate(sum=Sum("minutes"))["sum"] or 0
    return {
        "name": harmless(to),
        "participant": harmless(enrolment.name),
        "title": title,
        "first_day": days[0].label if days else "",
        "last_day": days[-1].label if days else "",
        "place": _place(session),
        "organisation": harmless(enrolment.organisation_label),
        "reference": enrolment.reference,
        "hours": hours(minutes) if minutes else "",
    }


def _place(session: Session) -> str:
    if session.delivery == Delivery.ONLINE or session.venue is None:
        return str(session.get_delivery_display())
    return f"{session.venue.name}, {session.venue.postal_address}"


def _links(enrolment: Enrolment, *, sheet: str) -> dict[str, Link]:
    language = enrolment.language
    links = {
        "manage": Link(
            absolute_url("trainings:manage_enrolment", enrolment.token, language=language), _("See, change or cancel my enrolment")
        )
    }
    if sheet:
        links["sheet"] = Link(sheet, _("Read the page of the training course"))
    if Certificate.objects.filter(enrolment=enrolment, revoked_at=None).exists():
        url = absolute_url("trainings:download_certificate", enrolment.token, language=language)
        links["certificate"] = Link(url, _("Download my certificate"))
    return links
