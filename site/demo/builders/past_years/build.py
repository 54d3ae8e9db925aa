"""All of the past years, in one transaction: thousands of rows cost one commit."""

from django.db import connection, transaction

from core.models import FigureValue
from demo.builders.past_years.activities import build_activities
from demo.builders.past_years.courses import build_courses
from demo.builders.past_years.groups import build_groups
from demo.builders.past_years.newsletter import build_newsletter
from demo.builders.past_years.people import Organisations, People
from demo.builders.past_years.requests import build_followup
from demo.comparison import YEAR, reason_for
from demo.figures import figures_by_id
from newsletter.models import NewsletterIndexPage
from trainings.models import Module

MANY = 680


@transaction.atomic
def build_past_years(modules: dict[int, Module], newsletter: NewsletterIndexPage) -> None:
    """After everything of today: nobody gets a mail, and nothing is left to do about them."""
    people, organisations = People(MANY), Organisations()
    build_courses(modules, people, organisations)
    build_groups(people, organisations)
    build_followup(organisations)
    build_activities()
    build_newsletter(newsletter)
    note_contradictions()
    with connection.cursor() as cursor:
        # So many rows at once: a database that has not looked at them plans as if there were none.
        cursor.execute("ANALYZE")


def note_contradictions() -> None:
    """Beside the published figure in the store, for colleagues: why what is counted may be another number."""
    reasons = {figure: reason_for(figure) for figure in figures_by_id()}
    values = FigureValue.objects.filter(figure__key__in=[key for key, reason in reasons.items() if reason], year=YEAR).select_related(
        "figure"
    )
    for value in values:
        value.note = reasons[value.figure.key]
    FigureValue.objects.bulk_update(values, ["note"])
