"""The cycles of the demo: one behind us, one that runs, one to sign up for, one by invitation."""

import pytest

from core import clock
from core.figures.period import Period, Scope
from demo.builders.cycles import build_cycles
from tests.core.factories import OrganisationFactory, SectorFactory, UserFactory
from tests.trainings.factories import TrainerFactory
from tests.trainings.figures.scenes import counted_of
from trainings.cycles.selectors import Door, announced_cycles
from trainings.models import Audience, Cycle

pytestmark = pytest.mark.django_db


def test_they_can_be_read_signed_up_for_and_counted() -> None:
    UserFactory(email="coordination@example.org")
    TrainerFactory.create_batch(2)
    for _number in range(9):
        OrganisationFactory(sector=SectorFactory(), is_listed=True)
    build_cycles()
    assert Cycle.objects.count() == 4
    announced = announced_cycles(clock.now())
    doors = [group.door for cycles in announced.values() for cycle in cycles for group in cycle.groups]
    assert Door.OPEN in doors
    past = Cycle.objects.filter(audience=Audience.PROFESSIONALS).earliest("first_day")
    counted = counted_of("interv_ended_sector", Scope(Period.of_year(past.last_day.year)))
    assert (counted.known, counted.unknown) == (12, 2)
    average = counted_of("interv_average", Scope(Period.of_year(past.last_day.year)))
    assert next(part.value for part in average.parts if part.code == "ended") > 0
