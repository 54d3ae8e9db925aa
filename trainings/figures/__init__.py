"""The figures of trainings and groups, one module a subject: what took place, who came, from which sectors and institutions."""

from dataclasses import replace

from trainings.figures.courses import TRAININGS
from trainings.figures.exchanges import EXCHANGES
from trainings.figures.intervisions import INTERVISIONS
from trainings.figures.missing import missing_facts
from trainings.figures.peer_groups import PEER_GROUPS
from trainings.figures.people import PEOPLE

# The facts they lack are those of the same rows: listed once.
SOURCES = (
    replace(PEOPLE, missing=missing_facts, missing_permission="trainings.view_any_session"),
    TRAININGS,
    INTERVISIONS,
    PEER_GROUPS,
    EXCHANGES,
)
