"""Which mails are planned, derived from the facts when it is asked: a session that moved has moved its mails."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from trainings.enums import ACTIVE, ATTENDED, EnrolmentStatus, SessionStatus
from trainings.mailings.plan import Dates, Left, Person, by_day, planned_at, too_late_at, turn_for
from trainings.mailings.sources import needed_source
from trainings.models import Attendance, Enrolment, EnrolmentTransition, MailRule, RuleException, RuleMail, Session, TeamLead
from trainings.models.mailings import Audience, MailKind

LIVE = (SessionStatus.PUBLISHED, SessionStatus.CLOSED)
# Rules count at most 400 days from a meeting.
LONGEST = datetime.timedelta(days=420)


@dataclass(frozen=True, slots=True)
class PlannedMail:
    """One rule for one session. `turns`: who gets it as things are, {enrolment: turn}. `seated`: how many have a seat today."""

    rule: MailRule
    session: Session
    leaves_at: datetime.datetime
    planned_at: datetime.datetime
    turns: dict[int, int]
    seated: int
    is_left_out: bool
    is_over: bool

    @property
    def count(self) -> int:
        return len(self.turns)

    @property
    def is_to_come(self) -> bool:
        """Whether somebody gets it, or may yet: one whose moment was before the rule counted says nothing."""
        counts = self.rule.active_since is not None and self.planned_at >= self.rule.active_since
        return bool(self.turns) or (counts and (self.is_open or self.leaves_at == self.planned_at))

    @property
    def is_open(self) -> bool:
        """Whether nobody knows yet who gets it: presence is marked once people were there."""
        return not self.is_over and self.rule.audience in (Audience.PRESENT, Audience.ABSENT, Audience.TEAM_LEADS)


def planned_mails(
    *, now: datetime.datetime, until: datetime.datetime, sessions: QuerySet[Session] | None = None, enrolment: int | None = None
) -> list[PlannedMail]:
    """Those whose moment comes before `until` and is not too long past, soonest first. Six queries, or three where none is planned."""
    rules = list(MailRule.objects.exclude(active_since=None))
    rows = _with_dates(Session.objects.all() if sessions is None else sessions, now) if rules else []
    pairs = [
        (rule, session)
        for session in rows
        for rule in rules
        if planned_at(rule, dates_of(session)) <= until and too_late_at(rule, dates_of(session)) > now
    ]
    if not pairs:
        return []
    concerned = {session.pk for _rule, session in pairs}
    people = _people(concerned, enrolment)
    left = _left(concerned)
    left_out = set(RuleException.objects.filter(session__in=concerned).values_list("rule_id", "session_id"))
    found = [_planned(rule, session, people[session.pk], left, left_out, now) for rule, session in pairs]
    return sorted(_with_sources(found), key=lambda each: (each.leaves_at, each.session.pk, each.rule.pk))


def due_mails(*, now: datetime.datetime) -> list[PlannedMail]:
    """Those that leave now, to somebody."""
    return [each for each in planned_mails(now=now, until=now) if each.turns and not each.is_left_out]


def dates_of(session: Any) -> Dates:
    """Of a row of `_with_dates`."""
    return Dates(first=session.first, last=session.last, end=session.end)


def turn_of(rule: MailRule, enrolment: Enrolment, *, now: datetime.datetime) -> PlannedMail | None:
    """The mail of a rule for one enrolment, if it is due now. Asked again under the lock before it is written."""
    found = planned_mails(now=now, until=now, sessions=Session.objects.filter(pk=enrolment.session_id), enrolment=enrolment.pk)
    return next((each for each in found if each.rule == rule and each.turns and not each.is_left_out), None)


def _with_dates(sessions: QuerySet[Session], now: datetime.datetime) -> list[Any]:
    dates = {"first": Min("meetings__starts_at"), "last": Max("meetings__starts_at"), "end": Max("meetings__ends_at")}
    rows = Session.objects.filter(pk__in=sessions.order_by().values("pk"), status__in=LIVE).annotate(**dates)
    return list(rows.filter(end__gt=now - LONGEST).select_related("module").order_by("pk"))


def _people(sessions: Collection[int], enrolment: int | None) -> dict[int, list[Person]]:
    rows = Enrolment.objects.known().filter(session__in=sessions, status__in=ACTIVE)
    marks = Attendance.objects.filter(enrolment=OuterRef("pk"))
    began = EnrolmentTransition.objects.filter(enrolment=OuterRef("pk"), to_status=OuterRef("status")).order_by("-at").values("at")[:1]
    rows = rows.filter(pk=enrolment) if enrolment else rows
    rows = rows.annotate(
        since=Coalesce(Subquery(began), "created_at"),
        was_present=Exists(marks.filter(status__in=ATTENDED)),
        was_absent=Exists(marks.exclude(status__in=ATTENDED)),
        has_team_lead=Exists(TeamLead.objects.filter(enrolment=OuterRef("pk"))),
    )
    found: dict[int, list[Person]] = defaultdict(list)
    for session, *facts in rows.values_list("session_id", "pk", "status", "since", "was_present", "was_absent", "has_team_lead"):
        found[session].append(Person(*facts))
    return found


def _left(sessions: Collection[int]) -> dict[tuple[int, int, int], Left]:
    """The latest turn of each; {(rule, session, enrolment): …}."""
    rows = RuleMail.objects.filter(session__in=sessions).order_by("turn")
    facts = rows.values_list("rule_id", "session_id", "enrolment_id", "turn", "planned_at")
    return {(rule, session, enrolment): Left(turn, moment) for rule, session, enrolment, turn, moment in facts}


def _planned(
    rule: MailRule,
    session: Any,
    people: Iterable[Person],
    left: dict[tuple[int, int, int], Left],
    left_out: set[tuple[int, int]],
    now: datetime.datetime,
) -> PlannedMail:
    dates = dates_of(session)
    turns = {each.pk: turn_for(rule, dates, each, left.get((rule.pk, session.pk, each.pk))) for each in people}
    moment = planned_at(rule, dates)
    return PlannedMail(
        rule=rule,
        session=session,
        planned_at=moment,
        leaves_at=by_day(max(moment, now)),
        turns={pk: turn for pk, turn in turns.items() if turn is not None},
        seated=sum(each.status == EnrolmentStatus.CONFIRMED for each in people),
        is_left_out=(rule.pk, session.pk) in left_out,
        is_over=dates.end <= now,
    )


def _with_sources(planned: list[PlannedMail]) -> list[PlannedMail]:
    """Without those for whom the source of the kind has nothing to say."""
    for rule in {each.rule for each in planned}:
        source, of_rule = needed_source(rule.kind), [each for each in planned if each.rule == rule]
        if source is None:
            continue
        people = [pk for each in of_rule for pk in each.turns]
        pending = source.pending(people, kind=MailKind(rule.kind), for_team_lead=rule.audience == Audience.TEAM_LEADS) if people else set()
        for each in of_rule:
            for pk in set(each.turns) - pending:
                del each.turns[pk]
    return planned


def left_mails(session: Session) -> list[dict[str, Any]]:
    """What left by rule, the latest first: {rule__name, at, count}."""
    rows: Any = RuleMail.objects.filter(session=session).order_by().values("rule__name", "turn")
    return list(rows.annotate(at=Max("left_at"), count=Count("pk")).order_by("-at"))
