"""Figures of the counters: meetings of networks, debates, juries, posts, followers, talks, material."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models import Count as CountOf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.figures.definitions import UNKNOWN, Breakdown, Column, Count, Part, Rows
from core.figures.period import Period, Scope
from core.figures.questions import Questions
from core.text.dates import written
from followup.figures.told import average
from followup.models import Activity, CountedAs

PERMISSION = "followup.view_activity"
LANGUAGES = ("fr", "nl", "en")


@dataclass(frozen=True, slots=True)
class Tally:
    """The activities of a kind in a period: how many rows, and their numbers added up, by category."""

    rows: int = 0
    total: int = 0
    parts: tuple[Part, ...] = ()
    unsorted: int = 0
    labels: dict[str, str] = field(default_factory=dict)
    is_tapped: bool = True
    programme: str = ""

    @property
    def times(self) -> int:
        """How often it was done, whatever is counted beside."""
        return self.total if self.is_tapped else self.rows


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything the counters say of a period. `levels`: the latest of each category, `{("followers", "linkedin"): 1144}`."""

    scope: Scope
    tallies: dict[str, Tally]
    levels: dict[tuple[str, str], int]

    def of(self, kind: str) -> Tally:
        return self.tallies.get(kind, Tally())


def ask(scope: Scope) -> Questions[Counted]:
    """Two, whatever the rows."""
    kind = [f"kind__{name}" for name in ("slug", "counted_as", "programme", *(f"name_{code}" for code in LANGUAGES))]
    category = [f"category__{name}" for name in ("code", *(f"name_{code}" for code in LANGUAGES))]
    rows = activities_in(scope.period).exclude(kind__counted_as=CountedAs.LEVEL).order_by().values(*kind, *category)
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for row in (yield rows.annotate(rows=CountOf("pk"), total=Sum("number"))):
        by_kind.setdefault(row["kind__slug"], []).append(row)
    levels = yield latest_levels(scope.period).order_by().values("kind__slug", "category__code", "number")
    return Counted(
        scope,
        {slug: _tally(rows) for slug, rows in by_kind.items()},
        {(row["kind__slug"], row["category__code"] or UNKNOWN): row["number"] for row in levels},
    )


def activities_in(period: Period) -> QuerySet[Activity]:
    return Activity.objects.filter(date__range=(period.first, period.last))


def latest_levels(period: Period) -> QuerySet[Activity]:
    """Of each category of a level, what was noted last in the period."""
    rows = activities_in(period).filter(kind__counted_as=CountedAs.LEVEL, category__isnull=False)
    latest = rows.filter(category=OuterRef("category")).order_by("-date", "-pk").values("pk")[:1]
    return rows.filter(pk=Subquery(latest)).order_by("pk")


def _tally(rows: list[dict[str, Any]]) -> Tally:
    first = rows[0]
    parts = [Part(row["category__code"], _names(row, "category"), row["total"]) for row in rows if row["category__code"] and row["total"]]
    return Tally(
        rows=sum(row["rows"] for row in rows),
        total=sum(row["total"] for row in rows),
        parts=tuple(sorted(parts, key=lambda part: part.code)),
        unsorted=sum(row["total"] for row in rows if not row["category__code"]),
        labels=_names(first, "kind"),
        is_tapped=first["kind__counted_as"] == CountedAs.TIMES,
        programme=first["kind__programme"],
    )


def _names(row: dict[str, Any], prefix: str) -> dict[str, str]:
    return {code: row[f"{prefix}__name_{code}"] for code in LANGUAGES}


# --- what is counted ---


def meetings_of_networks(counted: Counted) -> Breakdown:
    """Meetings of networks where someone at Smes sat, by network. A meeting of two people of Smes is one."""
    return _by_category("rep", counted)


def events_joined(counted: Counted) -> Count:
    """Events of others in which Smes took part: colloquia, symposia, debates."""
    return _times("events_joined", counted)


def debates(counted: Counted) -> Count:
    """Debates that Smes organised with others, whatever the number of people who came."""
    return _times("debates", counted)


def people_per_debate(counted: Counted) -> Count:
    """People who came to the debates, divided by the debates."""
    tally = counted.of("debates")
    return Count(average(tally.total, tally.rows, places="1"), known=tally.rows)


def people_at_days(counted: Counted) -> Count:
    """People at the days that Smes organised with others, as Connect counted them."""
    return _sum("day", counted)


def juries(counted: Counted) -> Breakdown:
    """Juries in which someone at Smes sat, by school."""
    return _by_category("juries", counted)


def juries_chaired(counted: Counted) -> Breakdown:
    """Juries that someone at Smes chaired, by school."""
    return _by_category("jury", counted)


def media(counted: Counted) -> Count:
    """Articles, interviews and podcasts of others in which Smes spoke."""
    return _times("media", counted)


def campaigns(counted: Counted) -> Count:
    """Campaigns and calls of several organisations that Smes supported."""
    return _times("campaigns", counted)


def posts(counted: Counted) -> Count:
    """Posts on the pages of Smes; the same one on two pages is two."""
    return _times("social_posts", counted)


def posts_a_week(counted: Counted) -> Count:
    """Posts, divided by the weeks of the period."""
    period, tally = counted.scope.period, counted.of("social_posts")
    days = (period.last - period.first).days + 1
    return Count(average(7 * tally.total, days) if tally.rows else None, known=tally.total)


def followers_on_linkedin(counted: Counted) -> Count:
    """Followers of the page on LinkedIn, as noted last in the period."""
    return _level("linkedin", counted)


def followers_on_facebook(counted: Counted) -> Count:
    """Followers of the page on Facebook, as noted last in the period."""
    return _level("facebook", counted)


def copies_handed_out(counted: Counted) -> Count:
    """Leaflets and publications handed out that are not in the stock of the site; what is, is counted there."""
    return _sum("handed_out", counted)


def people_at_talks(counted: Counted) -> Breakdown:
    """People who heard somebody of the peer support project speak, by occasion; who heard two talks is two."""
    return _by_category("pat_talks", counted, stem="pat")


def students(counted: Counted) -> Count:
    """Meetings with students who write a paper on peer support."""
    return _times("pat_students", counted)


def material(counted: Counted) -> Breakdown:
    """Harm-reduction material given to tenants, in pieces, by the harm it reduces."""
    return _by_category("hf_material", counted)


def all_activities(counted: Counted) -> Breakdown:
    """Everything the counters know, by kind, each as often as it was done. Levels are none."""
    asked = {"", *counted.scope.programmes}
    tallies = sorted((slug, tally) for slug, tally in counted.tallies.items() if tally.programme in asked and tally.times)
    return Breakdown(tuple(Part(slug, tally.labels, tally.times) for slug, tally in tallies))


def _times(kind: str, counted: Counted) -> Count:
    tally = counted.of(kind)
    return Count(tally.times, known=tally.times)


def _sum(kind: str, counted: Counted) -> Count:
    tally = counted.of(kind)
    return Count(tally.total, known=tally.rows)


def _level(category: str, counted: Counted) -> Count:
    number = counted.levels.get(("followers", category))
    return Count(number, known=int(number is not None), unknown=int(number is None))


def _by_category(kind: str, counted: Counted, *, stem: str = "") -> Breakdown:
    tally = counted.of(kind)
    parts = [replace(part, key=f"{stem or kind}_{part.code}") for part in tally.parts]
    return Breakdown(tuple(parts), unknown=tally.unsorted)


# --- the rows it was counted from ---


def _opened(queryset: QuerySet[Activity], weight: str) -> Rows:
    return Rows(
        queryset=queryset.select_related("kind", "category"),
        columns=(
            Column(_("Day"), lambda row: written(row.date)),
            Column(_("Activity"), lambda row: row.kind.name),
            Column(_("Category"), lambda row: row.category.name if row.category else "–"),
            Column(_("Organisation or network"), lambda row: row.partner or "–"),
            Column(_("Number"), lambda row: row.number),
        ),
        permission=PERMISSION,
        weight=weight,
        link=lambda row: reverse("followup_activities_log:edit", args=[row.pk]),
    )


def rows_of(kind: str, weight: str, scope: Scope, _part: str) -> Rows:
    """Of a kind."""
    return _opened(activities_in(scope.period).filter(kind__slug=kind), weight)


def rows_by_category(kind: str, scope: Scope, part: str) -> Rows:
    """Of a category, or of none."""
    rows = activities_in(scope.period).filter(kind__slug=kind)
    return _opened(rows.filter(category__code=part) if part else rows.filter(category=None), "number")


def rows_of_level(category: str, scope: Scope, _part: str) -> Rows:
    """Of a level: the row noted last."""
    return _opened(latest_levels(scope.period).filter(kind__slug="followers", category__code=category), "number")


def rows_of_all(scope: Scope, part: str) -> Rows:
    """Of a kind, among everything that is counted."""
    rows = activities_in(scope.period).exclude(kind__counted_as=CountedAs.LEVEL).filter(kind__programme__in=["", *scope.programmes])
    times = Case(When(kind__counted_as=CountedAs.TIMES, then=F("number")), default=Value(1))
    return _opened(rows.filter(kind__slug=part).annotate(times=times), "times")
