"""Who gives a session together: alone, two of a kind, away on that day, or not at home in its language."""

import enum
from dataclasses import dataclass

from django.utils.timezone import localtime

from trainings.enums import SessionKind
from trainings.models import Session, Strength, Trainer

SOCIAL = frozenset({Strength.SOCIAL_WORK, Strength.HOUSING, Strength.LAW})
HEALTH = frozenset({Strength.MENTAL_HEALTH, Strength.ADDICTION})


class PairWarning(enum.StrEnum):
    """What a coordinator had better know. None holds a session back."""

    ALONE = "alone"
    SAME_STRENGTHS = "same_strengths"
    ONE_SIDE = "one_side"
    LANGUAGE = "language"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, and about whom."""

    warning: PairWarning
    trainers: tuple[Trainer, ...]


def warnings_of(session: Session) -> list[Warned]:
    """Nothing for a session without a trainer: that is said elsewhere. Three queries."""
    trainers = tuple(session.trainers.prefetch_related("absences"))
    if not trainers:
        return []
    days = [localtime(meeting.starts_at).date() for meeting in session.meetings.all()]
    away = tuple(
        trainer for trainer in trainers if any(each.starts_on <= day <= each.ends_on for each in trainer.absences.all() for day in days)
    )
    told = [trainer for trainer in trainers if trainer.languages]
    found = {
        PairWarning.ALONE: trainers if len(trainers) == 1 else (),
        PairWarning.SAME_STRENGTHS: trainers if _bring_the_same(trainers) else (),
        PairWarning.ONE_SIDE: trainers if session.kind == SessionKind.INTERVISION and _are_of_one_side(trainers) else (),
        # Of whom no language is told, nothing is known.
        PairWarning.LANGUAGE: trainers if told == list(trainers) and not any(session.language in each.languages for each in told) else (),
        PairWarning.AWAY: away,
    }
    return [Warned(warning, about) for warning, about in found.items() if about]


def _are_of_one_side(trainers: tuple[Trainer, ...]) -> bool:
    """Whether all come from social work, or all from health care. Of whom neither is told, nothing is known."""
    strengths = [frozenset(trainer.strengths) for trainer in trainers]
    if len(trainers) < 2 or not all(each & (SOCIAL | HEALTH) for each in strengths):
        return False
    return not all(any(each & side for each in strengths) for side in (SOCIAL, HEALTH))


def _bring_the_same(trainers: tuple[Trainer, ...]) -> bool:
    strengths = [frozenset(trainer.strengths) for trainer in trainers]
    return len(trainers) > 1 and all(strengths) and len(set(strengths)) == 1
