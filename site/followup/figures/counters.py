"""The figures of the counters as the report shows them: what each is called, where it stands, how it is opened."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.figures.definitions import Breakdown, Count, Definition, Rows, Source
from core.figures.period import Scope
from core.models import FigureUnit, Programme
from followup.figures import activities as counted
from followup.figures.missing import unsorted_activities

CONNECT, SUPPORT, HOUSING = Programme.CONNECT, Programme.SUPPORT, Programme.HOUSING_FIRST
ADVOCACY, SOCIAL = "advocacy", "newsletter-and-social-media"
type Opened = Callable[[Scope, str], Rows] | None


def _figure(
    key: str,
    where: tuple[Programme | None, str],
    unit: FigureUnit,
    label: Any,
    counts: Any,
    count: Callable[[counted.Counted], Count | Breakdown],
    rows: Opened = None,
) -> Definition:
    programme, section = where
    return Definition(key=key, programme=programme, section=section, unit=unit, label=label, counts=counts, count=count, rows=rows)


def _by_category(kind: str) -> Opened:
    return partial(counted.rows_by_category, kind)


def _each(kind: str) -> Opened:
    """Each row as often as its number says."""
    return partial(counted.rows_of, kind, "number")


def _rows(kind: str) -> Opened:
    """Each row once."""
    return partial(counted.rows_of, kind, "")


DEFINITIONS = (
    _figure(
        "rep",
        (CONNECT, "representation"),
        FigureUnit.MEETINGS,
        _("Meetings of networks"),
        _("Meetings of networks and organisations where someone at Smes sat, by network."),
        counted.meetings_of_networks,
        _by_category("rep"),
    ),
    _figure(
        "events_joined",
        (CONNECT, "connect-events"),
        FigureUnit.COUNT,
        _("Events we took part in"),
        _("Events of others in which Smes took part."),
        counted.events_joined,
        _each("events_joined"),
    ),
    _figure(
        "debates",
        (CONNECT, ADVOCACY),
        FigureUnit.COUNT,
        _("Debates co-organised"),
        _("Debates that Smes organised with others."),
        counted.debates,
        _rows("debates"),
    ),
    _figure(
        "debate_attendance",
        (CONNECT, ADVOCACY),
        FigureUnit.PERSONS,
        _("People per debate"),
        _("People who came, divided by the debates."),
        counted.people_per_debate,
    ),
    _figure(
        "day_attendees",
        (CONNECT, "exchange-table"),
        FigureUnit.PERSONS,
        _("People at days co-organised"),
        _("People at the days that Smes organised with others, as Connect counted them."),
        counted.people_at_days,
        _each("day"),
    ),
    _figure(
        "juries",
        (CONNECT, "shared-expertise"),
        FigureUnit.COUNT,
        _("Juries"),
        _("Juries in which someone at Smes sat, by school."),
        counted.juries,
        _by_category("juries"),
    ),
    _figure(
        "jury",
        (CONNECT, "shared-expertise"),
        FigureUnit.COUNT,
        _("Juries chaired"),
        _("Juries that someone at Smes chaired, by school."),
        counted.juries_chaired,
        _by_category("jury"),
    ),
    _figure(
        "media",
        (None, ADVOCACY),
        FigureUnit.COUNT,
        _("Articles, interviews and podcasts"),
        _("Articles, interviews and podcasts of others in which Smes spoke."),
        counted.media,
        _each("media"),
    ),
    _figure(
        "campaigns",
        (CONNECT, ADVOCACY),
        FigureUnit.COUNT,
        _("Campaigns supported"),
        _("Campaigns and calls of several organisations that Smes supported."),
        counted.campaigns,
        _each("campaigns"),
    ),
    _figure(
        "social_posts",
        (CONNECT, SOCIAL),
        FigureUnit.POSTS,
        _("Social media posts"),
        _("Posts on the pages of Smes; the same post on two pages is two."),
        counted.posts,
        _each("social_posts"),
    ),
    _figure(
        "social_per_week",
        (CONNECT, SOCIAL),
        FigureUnit.PER_WEEK,
        _("Posts a week"),
        _("Posts, divided by the weeks of the period."),
        counted.posts_a_week,
    ),
    _figure(
        "linkedin",
        (CONNECT, SOCIAL),
        FigureUnit.FOLLOWERS,
        _("Followers on LinkedIn"),
        _("Followers of the page, as noted last in the period."),
        counted.followers_on_linkedin,
        partial(counted.rows_of_level, "linkedin"),
    ),
    _figure(
        "facebook",
        (CONNECT, SOCIAL),
        FigureUnit.FOLLOWERS,
        _("Followers on Facebook"),
        _("Followers of the page, as noted last in the period."),
        counted.followers_on_facebook,
        partial(counted.rows_of_level, "facebook"),
    ),
    _figure(
        "handed_out",
        (CONNECT, "publications"),
        FigureUnit.COPIES,
        _("Leaflets and publications given, not from stock"),
        _("Leaflets and publications handed out that are not in the stock of the site."),
        counted.copies_handed_out,
        _each("handed_out"),
    ),
    _figure(
        "pat_talks",
        (SUPPORT, "pat-advocacy"),
        FigureUnit.PERSONS,
        _("People at talks on peer support"),
        _("People who heard the peer support project speak, by occasion; who heard two talks is two."),
        counted.people_at_talks,
        _by_category("pat_talks"),
    ),
    _figure(
        "pat_students",
        (SUPPORT, "pat-advocacy"),
        FigureUnit.MEETINGS,
        _("Meetings with students"),
        _("Meetings with students who write a paper on peer support."),
        counted.students,
        _each("pat_students"),
    ),
    _figure(
        "hf_material",
        (HOUSING, "hf-harm-reduction"),
        FigureUnit.ITEMS,
        _("Harm-reduction material given"),
        _("Pieces of material given to tenants, by the harm they reduce."),
        counted.material,
        _by_category("hf_material"),
    ),
    _figure(
        "activities",
        (None, "introduction"),
        FigureUnit.COUNT,
        _("Activities counted"),
        _("Everything the counters know, by kind, each as often as it was done."),
        counted.all_activities,
        counted.rows_of_all,
    ),
)
SOURCES = (
    Source(
        name="followup.activities",
        ask=counted.ask,
        definitions=DEFINITIONS,
        missing=unsorted_activities,
        missing_permission="followup.change_activity",
        is_typed=True,
    ),
)
