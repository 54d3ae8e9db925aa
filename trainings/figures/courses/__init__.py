"""Training courses: days, participations, people, institutions, sectors; of the training project, of Housing First, and of PAT."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.figures.definitions import Definition, Source
from core.models import FigureUnit, Programme
from trainings.figures.courses import counts
from trainings.figures.courses.read import HOUSING_FIRST, PAT, SUPPORT, Strand, TrainingsRead, ask_trainings
from trainings.figures.courses.rows import on_offer_rows, rows_of, training_rows


def _of_strand(name: str, count: Callable[[Strand], Any]) -> Callable[[TrainingsRead], Any]:
    @wraps(count)
    def counted(read: TrainingsRead) -> Any:
        return count(read.strands[name])

    return counted


# Last part of the key, unit, name, what it counts in a sentence, how.
EACH: tuple[tuple[str, FigureUnit, Promise, Promise, Callable[[Strand], Any]], ...] = (
    (
        "days",
        FigureUnit.DAYS,
        _("Training days"),
        _("Days of training courses given; morning and afternoon of a session are one day."),
        counts.days,
    ),
    ("half_days", FigureUnit.COUNT, _("Half-days of training"), _("Meetings of training courses given."), counts.half_days),
    ("sessions", FigureUnit.SESSIONS, _("Training courses given"), _("Training courses that met at least once."), counts.sessions),
    ("modules", FigureUnit.MODULES, _("Modules given"), _("Modules of the catalogue that were given at least once."), counts.modules),
    (
        "participants",
        FigureUnit.PARTICIPANTS,
        _("Participations"),
        _("Enrolments of people who were present at least once; a person in two courses counts twice."),
        counts.participants,
    ),
    ("people", FigureUnit.PERSONS, _("Different people"), _("People who were present at least once, each counted once."), counts.people),
    ("attended", FigureUnit.COUNT, _("Half-days attended"), _("One for each person and half-day, present or late."), counts.attended),
    (
        "institutions",
        FigureUnit.INSTITUTIONS,
        _("Institutions"),
        _("Institutions of our directory that people who were present came from."),
        counts.institutions,
    ),
    ("trainers", FigureUnit.PERSONS, _("Trainers"), _("People who gave at least one of these courses."), counts.trainers),
    ("sectors", FigureUnit.COUNT, _("Sectors"), _("Sectors that people who were present came from."), counts.sectors),
    (
        "sector",
        FigureUnit.PARTICIPANTS,
        _("Participations by sector"),
        _("Participations by the sector told when the person enrolled; shares are of those that are known."),
        counts.by_sector,
    ),
)
# Strand, programme, section of the report, prefix of its keys.
STRANDS = (
    (SUPPORT, Programme.SUPPORT, "support-trainings"),
    (HOUSING_FIRST, Programme.HOUSING_FIRST, "hf-training"),
    (PAT, Programme.SUPPORT, "pat-trainings"),
)


def _definitions() -> Iterator[Definition]:
    for strand, programme, section in STRANDS:
        rows = rows_of(strand)
        for name, unit, label, meaning, count in EACH:
            yield Definition(
                key=KEYS.get(f"{strand}_{name}", f"{strand}_{name}"),
                programme=programme,
                section=section,
                unit=unit,
                label=label,
                counts=meaning,
                count=_of_strand(strand, count),
                rows=rows[name],
                part_of=f"{strand}_participants" if name == "sector" else "",
                computed_from=(f"{strand}_participants",) if name in RESTS_ON_PARTICIPATIONS else (),
            )


# They say of how many participations they are.
RESTS_ON_PARTICIPATIONS = ("people", "attended", "institutions", "sectors")
# Keys the report of 2024 has.
KEYS = {"tr_modules": "tr_modules_given", "hf_tr_trainers": "hf_trainers", "pat_tr_days": "pat_trainings"}

TRAININGS = Source(
    name="trainings",
    ask=ask_trainings,
    definitions=(
        Definition(
            key="tr_modules",
            programme=Programme.SUPPORT,
            section="support-trainings",
            unit=FigureUnit.MODULES,
            label=_("Modules on offer"),
            counts=_("Modules with a published sheet in the catalogue on the day of the count."),
            count=counts.on_offer,
            rows=on_offer_rows,
        ),
        Definition(
            key="tr_trainers_pair",
            programme=Programme.SUPPORT,
            section="support-trainings",
            unit=FigureUnit.PERSONS,
            label=_("Trainers per course, usually"),
            counts=_("The number of trainers that courses have most often."),
            count=counts.usual_trainers,
        ),
        Definition(
            key="pat_tr",
            programme=Programme.SUPPORT,
            section="pat-trainings",
            unit=FigureUnit.PARTICIPANTS,
            label=_("Participations of each course"),
            counts=_("Participations of each course of the PAT project."),
            count=counts.by_training,
            rows=training_rows,
            part_of="pat_tr_participants",
        ),
        *_definitions(),
    ),
)
