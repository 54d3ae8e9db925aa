"""Figures of the newsletter: its readers, its issues, what they told. All counted by the site itself; nothing is typed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Count, IntegerField, Min, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from core.figures import definitions as figures
from core.figures.definitions import Breakdown, Column, Definition, Part, Rows, Source, in_languages
from core.figures.period import Period, Scope
from core.figures.questions import Questions, in_total
from core.models import FigureUnit, Programme
from core.text.dates import MONTH, written
from newsletter.enums.issues import IssueStatus, SectionKind
from newsletter.models import Issue, IssuePage, SubscriberTransition
from newsletter.subscribers.growth import JOINED, LEFT

SECTION: Final = "newsletter-and-social-media"
# The edition whose items are counted: a reader gets one, and they tell the same.
FIRST_LANGUAGE: Final = {"fr": 0, "nl": 1, "en": 2}
# Publications have a shorter name in the store.
KEYS: Final = {SectionKind.PUBLICATIONS: "nl_rubric_pub"}
CHANGE: Final = Case(When(JOINED, then=Value(1)), When(LEFT, then=Value(-1)), output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Read:
    """What is known of a period. `items`: by edition and section, `{(page, section): items}`."""

    readers: int
    issues: int
    since: int | None
    items: dict[tuple[int, str], int]


def ask(scope: Scope) -> Questions[Read]:
    """Four, whatever the number of readers."""
    period = scope.period
    [issues] = yield in_total(Issue.objects.filter(_sent(period)), count=Count("pk"))
    [first] = yield in_total(Issue.objects.ever_sent().filter(started_at__lt=period.ends), month=Min("month"))
    [readers] = yield in_total(_changes_until(period), total=Sum(CHANGE))
    items = items_of((yield _editions(period)))
    return Read(readers["total"] or 0, issues["count"], first["month"].year if first["month"] else None, items)


def _changes_until(period: Period) -> QuerySet[SubscriberTransition]:
    """Those who came and those who left: they outlive who is erased."""
    return SubscriberTransition.objects.filter(JOINED | LEFT, at__lt=period.ends)


def _sent(period: Period) -> Q:
    return Q(status=IssueStatus.SENT, started_at__gte=period.begins, started_at__lt=period.ends)


def _editions(period: Period) -> QuerySet[IssuePage]:
    return IssuePage.objects.filter(issue__in=Issue.objects.filter(_sent(period))).select_related("locale", "issue").order_by()


def _one_of_each_issue(pages: Iterable[IssuePage]) -> list[IssuePage]:
    """The French edition, or the first there is."""
    found: dict[int, IssuePage] = {}
    for page in sorted(pages, key=lambda page: FIRST_LANGUAGE.get(page.locale.language_code, 9)):
        found.setdefault(page.issue_id, page)
    return list(found.values())


def items_of(editions: Iterable[IssuePage]) -> dict[tuple[int, str], int]:
    """How many items stand in each section of each edition."""
    counted: Counter[tuple[int, str]] = Counter()
    for page in _one_of_each_issue(editions):
        # As stored: what the items link to is not looked up.
        for block in page.body.raw_data:
            if block["type"] == "rubric":
                counted[page.pk, block["value"]["rubric"]] += len(block["value"]["items"])
    return dict(counted)


def readers(read: Read) -> figures.Count:
    """Readers subscribed at the end of the period: those who had joined, without those who had left."""
    return figures.Count(read.readers, known=read.readers)


def issues(read: Read) -> figures.Count:
    """Issues whose sending began in the period, and that were sent to the end."""
    return figures.Count(read.issues, known=read.issues)


def since(read: Read) -> figures.Count:
    """The year of the first issue the site knows."""
    return figures.Count(read.since, known=int(read.since is not None), unknown=int(read.since is None))


def items(read: Read) -> Breakdown:
    """Items of the issues sent, by section, each counted once whatever the languages of its issue."""
    totals: Counter[str] = Counter()
    for (_page, section), count in read.items.items():
        totals[section] += count
    kinds = [kind for kind in SectionKind if totals[kind]]
    return Breakdown(tuple(Part(str(kind), in_languages(kind.label), totals[kind], KEYS.get(kind, "")) for kind in kinds))


def rows_of_readers(scope: Scope, _part: str) -> Rows:
    """Who came and who left, without a name."""
    return Rows(
        queryset=_changes_until(scope.period).annotate(change=CHANGE).order_by("at", "pk"),
        columns=(
            Column(_("Day"), lambda row: written(row.at)),
            Column(_("Language"), lambda row: row.get_language_display()),
            Column(_("Change"), lambda row: f"{row.change:+d}"),
        ),
        permission="newsletter.view_subscriber",
        weight="change",
    )


def rows_of_issues(scope: Scope, _part: str) -> Rows:
    """The issues."""
    return Rows(
        queryset=Issue.objects.filter(_sent(scope.period)),
        columns=(Column(_("Issue"), str), Column(_("Sent on"), lambda row: written(row.started_at))),
        permission="newsletter.view_issue",
    )


def rows_of_items(scope: Scope, part: str) -> Rows:
    """The editions, with the number of items of a section."""
    counts = {page: count for (page, section), count in items_of(_editions(scope.period)).items() if section == part and count}
    whens: list[Any] = [When(pk=page, then=Value(count)) for page, count in counts.items()]
    items = Case(*whens, default=Value(0), output_field=IntegerField())
    return Rows(
        queryset=IssuePage.objects.filter(pk__in=counts).select_related("issue").annotate(items=items).order_by("issue__number"),
        columns=(
            Column(_("Issue"), lambda row: written(row.issue.month, MONTH)),
            Column(_("Edition"), lambda row: row.title),
            Column(_("Items"), lambda row: row.items),
        ),
        permission="newsletter.view_issue",
        weight="items",
    )


def _figure(key: str, unit: FigureUnit, **words: Any) -> Definition:
    return Definition(key=key, programme=Programme.CONNECT, section=SECTION, unit=unit, **words)


DEFINITIONS = (
    _figure(
        "nl_subscribers",
        FigureUnit.PERSONS,
        label=_("Readers of the newsletter"),
        counts=_("Readers subscribed at the end of the period."),
        count=readers,
        rows=rows_of_readers,
    ),
    _figure(
        "nl_issues_year",
        FigureUnit.ISSUES,
        label=_("Issues of the newsletter"),
        counts=_("Issues that were sent in the period."),
        count=issues,
        rows=rows_of_issues,
    ),
    _figure(
        "nl_since",
        FigureUnit.YEAR,
        label=_("The newsletter exists since"),
        counts=_("The year of the first issue the site knows."),
        count=since,
    ),
    _figure(
        "nl_rubric",
        FigureUnit.ITEMS,
        label=_("Items in the newsletter"),
        counts=_("Items of the issues sent, by section; each once, whatever the languages of its issue."),
        count=items,
        rows=rows_of_items,
    ),
)
SOURCES = (Source(name="newsletter", ask=ask, definitions=DEFINITIONS),)
