"""Two years of every subject that has figures: different numbers in each, so that one taken for the other is seen."""

import datetime

from followup.activities.kinds import load_kinds
from followup.enums import EventKind, Pillar
from followup.models import ActivityKind
from newsletter.enums.issues import IssueStatus
from publications.enums import MoveKind
from tests.cartography.factories import PlaceFactory
from tests.core.factories import OrganisationFactory, SectorFactory
from tests.followup.activities.factories import ActivityFactory, CountSheetFactory, SheetNumberFactory, SheetTeamFactory
from tests.followup.factories import FileEventFactory, FileFactory, RequestFactory
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import edition, item, section
from tests.publications.factories import DownloadCountFactory, PrintRunFactory, StockMoveFactory
from tests.trainings.factories import CycleFactory, TrainerFactory
from tests.trainings.figures.scenes import at, present, session
from trainings.enums import SessionKind
from trainings.models import Audience, Project


def two_years(last: int) -> None:
    """Once in the year before `last`, twice in it."""
    load_kinds()
    SheetTeamFactory(starts_on=datetime.date(last - 1, 1, 1))
    for year, times in ((last - 1, 1), (last, 2)):
        for _time in range(times):
            trainings(year)
            follow_up(year)
        numbers(year, times)


def trainings(year: int) -> None:
    """A training of each strand, an intervision, a group of peer workers, an exchange table."""
    sector = SectorFactory()
    people = {"sector": sector, "organisation": OrganisationFactory(sector=sector)}
    cycle = {"first_day": datetime.date(year, 2, 1), "last_day": datetime.date(year, 11, 30)}
    peers = CycleFactory(audience=Audience.PEER_WORKERS, programme="support", **cycle)
    for facts in (
        {},
        {"project": Project.PAT},
        {"programme": "housing_first"},
        {"kind": SessionKind.EXCHANGE_TABLE},
        {"kind": SessionKind.STUDY_MORNING},
        {"kind": SessionKind.INTERVISION, "cycle": CycleFactory(**cycle)},
        {"kind": SessionKind.INTERVISION, "cycle": peers},
    ):
        held = session(at(year, 3, 5, 9), at(year, 3, 5, 14), **facts)
        held.trainers.set([TrainerFactory()])
        present(held, **people)
        present(held, sector=None, organisation=None)


def follow_up(year: int) -> None:
    """A request of each pillar that opened a file, with something done."""
    day = datetime.date(year, 4, 2)
    for pillar in Pillar:
        request = RequestFactory(pillar=pillar, received_on=day, sector=SectorFactory(), organisation=OrganisationFactory())
        file = FileFactory(request=request, opened_on=day)
        for kind in (EventKind.MEETING, EventKind.SUPERVISION, EventKind.HIRE):
            FileEventFactory(file=file, kind=kind, held_on=day)


def numbers(year: int, times: int) -> None:
    """What is counted without names: activities, sheets, the newsletter, publications, places."""
    day, moment = datetime.date(year, 5, 4), at(year, 5, 4, 9)
    for slug in ("rep", "followers"):
        kind = ActivityKind.objects.get(slug=slug)
        ActivityFactory(kind=kind, category=kind.categories.first(), date=day, number=10 + times)
    SheetNumberFactory(sheet=CountSheetFactory(first_day=day.replace(day=1)), line="hf_meet_home", number=20 + times)
    edition(IssueFactory(status=IssueStatus.SENT, started_at=moment), "fr", body=[section("press", *[item(title="Titre")] * times)])
    DownloadCountFactory(day=day, count=30 + times)
    PrintRunFactory(printed_on=day, quantity=40 + times)
    StockMoveFactory(kind=MoveKind.HANDED_OUT, quantity=-50 - times, at=moment)
    for _time in range(times):
        PlaceFactory(sector=SectorFactory(), published_at=moment)
