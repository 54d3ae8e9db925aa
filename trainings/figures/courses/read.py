"""What the figures of training courses are counted from: read once, by strand."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When

from core.figures.definitions import Part
from core.figures.period import Period, Scope
from core.figures.questions import Questions, in_total
from core.models import Programme
from trainings.enums import SessionKind
from trainings.figures.held import attended_half_days, held_meetings, participations, with_first_of_day
from trainings.figures.sectors import sector_part, sectors_of
from trainings.models import Module, ModulePage, Project, Session

KINDS = (SessionKind.OPEN_TRAINING, SessionKind.IN_HOUSE_TRAINING)
# The three that the report tells apart; a training is of one of them.
SUPPORT, HOUSING_FIRST, PAT = "tr", "hf_tr", "pat_tr"


@dataclass(slots=True)
class Strand:
    """What one of the three gave in these days."""

    half_days: int = 0
    days: int = 0
    sessions: int = 0
    modules: int = 0
    without_roll: int = 0
    participations: int = 0
    people: int = 0
    forgotten: int = 0
    organisations: int = 0
    without_organisation: int = 0
    attended: int = 0
    trainers: int = 0
    sectors: tuple[Part, ...] = ()
    without_sector: int = 0


@dataclass(slots=True)
class TrainingsRead:
    """The strands, the trainings of PAT one by one, and what is on offer."""

    strands: dict[str, Strand] = field(default_factory=lambda: {name: Strand() for name in (SUPPORT, HOUSING_FIRST, PAT)})
    by_training: tuple[Part, ...] = ()
    on_offer: int = 0
    usual_trainers: int | None = None
    sessions_with_trainers: int = 0
    sessions_without_trainers: int = 0


def of_strand(rows: QuerySet[Any], name: str = "", *, session: str = "session__") -> Any:
    """Rows of trainings, with the `strand` they count for; only those of `name`, where one is given. `rows` know `counts_for`."""
    strand = Case(
        When(counts_for=Programme.HOUSING_FIRST, then=Value(HOUSING_FIRST)),
        When(**{f"{session}project": Project.PAT}, then=Value(PAT)),
        default=Value(SUPPORT),
    )
    trainings = rows.filter(**{f"{session}kind__in": KINDS}).annotate(strand=strand)
    return trainings.filter(strand=name) if name else trainings


def meetings_of(period: Period, name: str = "") -> Any:
    return of_strand(held_meetings(period), name)


def participations_of(period: Period, name: str = "") -> Any:
    return of_strand(participations(period), name)


def ask_trainings(scope: Scope) -> Questions[TrainingsRead]:
    """Seven."""
    period, found = scope.period, TrainingsRead()
    # Distinct: a meeting stands once for each of its trainers.
    held = (
        with_first_of_day(meetings_of(period))
        .order_by()
        .values("strand")
        .annotate(
            half_days=Count("pk", distinct=True),
            days=Count("pk", distinct=True, filter=Q(is_first=True)),
            sessions=Count("session", distinct=True),
            modules=Count("session__module", distinct=True),
            trainers=Count("session__trainers", distinct=True),
            without_roll=Count("pk", distinct=True, filter=Q(roll_closed_at=None)),
        )
    )
    present = (
        participations_of(period)
        .order_by()
        .values("strand")
        .annotate(
            participations=Count("pk"),
            people=Count("participant", distinct=True),
            forgotten=Count("pk", filter=Q(participant=None)),
            organisations=Count("organisation", distinct=True),
            without_organisation=Count("pk", filter=Q(organisation=None)),
            without_sector=Count("pk", filter=Q(sector=None)),
        )
    )
    attended = of_strand(attended_half_days(period), session="meeting__session__").order_by().values("strand")
    for row in [*(yield held), *(yield present), *(yield attended.annotate(attended=Count("pk")))]:
        strand = found.strands[row.pop("strand")]
        for name, number in row.items():
            setattr(strand, name, number)
    yield from _note_parts(found, period)
    yield from _note_usual_number(found, period)
    [sheets] = yield in_total(modules_on_offer(), number=Count("pk"))
    found.on_offer = sheets["number"]
    return found


def _note_parts(found: TrainingsRead, period: Period) -> Questions[None]:
    """Participations by sector, and those of each training of PAT."""
    for row in (yield sectors_of(participations_of(period), "strand")):
        found.strands[row["strand"]].sectors += (sector_part(row),)
    trainings = participations_of(period, PAT).order_by().values("session__reference", "session__title", "session__module__name")
    for row in (yield trainings.annotate(number=Count("pk"))):
        name = row["session__module__name"] or row["session__title"]
        found.by_training += (Part(row["session__reference"].lower(), dict.fromkeys(("fr", "nl", "en"), name), row["number"]),)


def _note_usual_number(found: TrainingsRead, period: Period) -> Questions[None]:
    """How many trainers give a training most often; of two numbers that are as frequent, the higher one."""
    numbers = Counter(row["number"] for row in (yield _with_numbers(period).values("number")))
    found.sessions_without_trainers = numbers.pop(0, 0)
    found.sessions_with_trainers = numbers.total()
    found.usual_trainers = max(numbers, key=lambda number: (numbers[number], number), default=None)


def _with_numbers(period: Period) -> Any:
    given = Session.objects.filter(pk__in=meetings_of(period, SUPPORT).values("session"))
    return given.order_by().annotate(number=Count("trainers"))


def modules_on_offer() -> QuerySet[Module]:
    return Module.objects.filter(pk__in=ModulePage.objects.live().order_by().values("module"))
