"""How each figure of training courses is counted, from what was read."""

from core.figures.definitions import Breakdown, Count
from trainings.figures.courses.read import Strand, TrainingsRead


def half_days(strand: Strand) -> Count:
    """Half-days of training given: the meetings of announced sessions that began in these days."""
    return Count(strand.half_days, known=strand.half_days)


def days(strand: Strand) -> Count:
    """Days of training given: a day of one session is one, whether it met in the morning, in the afternoon or both."""
    return Count(strand.days, known=strand.days)


def sessions(strand: Strand) -> Count:
    """Training courses given: sessions with at least one meeting in these days, counted once each."""
    return Count(strand.sessions, known=strand.sessions)


def modules(strand: Strand) -> Count:
    """Modules given: those of the catalogue of which a session met in these days."""
    return Count(strand.modules, known=strand.modules)


def participants(strand: Strand) -> Count:
    """Participations: enrolments of people who were present, if only once. A person in two trainings is two participations.

    Who was forgotten since is still counted. Unknown: half-days of which the roll call is not closed.
    """
    return Count(strand.participations, known=strand.participations, unknown=strand.without_roll)


def people(strand: Strand) -> Count:
    """People who were present, each once however many trainings she followed.

    Two addresses of one person are two people until somebody merges them. Unknown: participations of people forgotten since, and
    places without a name: nobody can tell any more whether they are somebody counted already.
    """
    return Count(strand.people, known=strand.participations - strand.forgotten, unknown=strand.forgotten)


def attended(strand: Strand) -> Count:
    """Half-days attended: one for each person and meeting, present or late. Unknown: half-days of which the roll call is not closed."""
    return Count(strand.attended, known=strand.attended, unknown=strand.without_roll)


def institutions(strand: Strand) -> Count:
    """Institutions of the directory somebody came from. Unknown: participations whose institution is not in the directory."""
    known = strand.participations - strand.without_organisation
    return Count(strand.organisations, known=known, unknown=strand.without_organisation)


def trainers(strand: Strand) -> Count:
    """People of the pool of trainers who gave at least one of these courses."""
    return Count(strand.trainers, known=strand.trainers)


def sectors(strand: Strand) -> Count:
    """Sectors somebody came from. Unknown: participations without a sector."""
    return Count(len(strand.sectors), known=strand.participations - strand.without_sector, unknown=strand.without_sector)


def by_sector(strand: Strand) -> Breakdown:
    """Participations by the sector the person named, or her institution had, when she enrolled. Shares are of those that are known."""
    return Breakdown(strand.sectors, unknown=strand.without_sector)


def by_training(read: TrainingsRead) -> Breakdown:
    """Participations of each course that the PAT project gave."""
    return Breakdown(read.by_training)


def usual_trainers(read: TrainingsRead) -> Count:
    """How many trainers a training of the training project has most often. Unknown: trainings without a trainer on record."""
    return Count(read.usual_trainers, known=read.sessions_with_trainers, unknown=read.sessions_without_trainers)


def on_offer(read: TrainingsRead) -> Count:
    """Modules with a published sheet on the day of the count: the site keeps no record of those of an earlier year."""
    return Count(read.on_offer, known=read.on_offer)
