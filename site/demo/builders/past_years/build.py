"""All of the past years, in one transaction: thousands of rows cost one commit."""

from django.db import transaction

from demo.builders.past_years.activities import build_activities
from demo.builders.past_years.courses import build_courses
from demo.builders.past_years.groups import build_groups
from demo.builders.past_years.people import Organisations, People
from trainings.models import Module

MANY = 680


@transaction.atomic
def build_past_years(modules: dict[int, Module]) -> None:
    """Nobody gets a mail, and nothing is left to do about them."""
    people, organisations = People(MANY), Organisations()
    build_courses(modules, people, organisations)
    build_groups(people, organisations)
    build_activities()
