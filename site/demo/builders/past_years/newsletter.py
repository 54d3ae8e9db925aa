"""The newsletter of 2024: its issues with their items, and how many read it. Readers of then are changes without a person."""

import datetime
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from uuid import uuid4

from demo.builders.past_years.rows import at, workday
from demo.figures import figure_by_id
from newsletter.enums.issues import IssueStatus, SectionKind
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.models import Issue, IssuePage, NewsletterIndexPage, SubscriberTransition
from newsletter.subscribers.growth import JOINED, LEFT

FIRST, FIRST_OF_2024 = 1, 64
# Monthly, never in August.
MONTHS = tuple(month for month in range(1, 13) if month != 8)
ITEMS = {
    SectionKind.SMES: ("nl_rubric_smes", "Actualité de Smes"),
    SectionKind.SECTOR: ("nl_rubric_sector", "Actualité du secteur"),
    SectionKind.PUBLICATIONS: ("nl_rubric_pub", "Publication"),
    SectionKind.PRESS: ("nl_rubric_press", "Article de presse"),
    SectionKind.EVENTS: ("nl_rubric_events", "Événement"),
}
LANGUAGES = ("fr", "fr", "nl")
JOINED_FROM, LEFT_FROM, LEFT_UNTIL = datetime.date(2018, 4, 3), datetime.date(2025, 1, 6), datetime.date(2026, 10, 26)


def build_newsletter(index: NewsletterIndexPage) -> None:
    """After today's readers and issues: what they make of these years counts too."""
    _build_issues(index)
    _build_readers()


def _build_issues(index: NewsletterIndexPage) -> None:
    """One edition each, never published: the archive of the site begins with the issues that it sent."""
    _sent(FIRST, JOINED_FROM)
    for place, month in enumerate(MONTHS):
        day = workday(datetime.date(2024, month, 4))
        issue = _sent(FIRST_OF_2024 + place, day)
        title = f"Exemple : infolettre {issue.number}"
        page = IssuePage(title=title, slug=f"exemple-{issue.number}", subject=title, issue=issue, live=False, locale=index.locale)
        page.body = IssuePage.body.field.to_python(list(_sections(place)))
        index.add_child(instance=page)


def _sent(number: int, day: datetime.date) -> Issue:
    moment = at(day)
    return Issue.objects.create(
        number=number, month=day.replace(day=1), status=IssueStatus.SENT, started_at=moment, finished_at=moment, is_example=True
    )


def _sections(place: int) -> Iterator[dict[str, object]]:
    """The items of one issue: the year's number, over its issues as evenly as whole numbers go."""
    for kind, (figure, title) in ITEMS.items():
        number, issues = int(figure_by_id(figure)["value"]), len(MONTHS)
        numbers = range(number * place // issues, number * (place + 1) // issues)
        values = [
            {"page": None, "url": "https://www.example.org/", "title": f"{title} {each + 1} (exemple)", "text": "", "note": ""}
            for each in numbers
        ]
        if values:
            yield _block("rubric", {"rubric": kind, "items": [_block("item", value) for value in values]})


def _block(kind: str, value: Mapping[str, object]) -> dict[str, object]:
    return {"type": kind, "value": value, "id": str(uuid4())}


def _build_readers() -> None:
    """As many as were printed at the end of 2023 and of 2024, with those the demo has since; all of them have left by now."""
    changes: list[SubscriberTransition] = []
    begins = JOINED_FROM
    for year in (2023, 2024):
        ends = datetime.date(year, 12, 30)
        missing = int(figure_by_id(f"nl_subscribers_{year}")["value"]) - _readers_at(datetime.date(year + 1, 1, 1)) - len(changes)
        changes += _change(SubscriberStatus.UNCONFIRMED, SubscriberStatus.SUBSCRIBED, missing, begins, ends)
        begins = datetime.date(year + 1, 1, 2)
    changes += _change(SubscriberStatus.SUBSCRIBED, SubscriberStatus.UNSUBSCRIBED, len(changes), LEFT_FROM, LEFT_UNTIL)
    SubscriberTransition.objects.bulk_create(changes, batch_size=500)


def _readers_at(day: datetime.date) -> int:
    before = SubscriberTransition.objects.filter(at__lt=at(day, datetime.time()))
    return before.filter(JOINED).count() - before.filter(LEFT).count()


def _change(
    old: SubscriberStatus, new: SubscriberStatus, number: int, first: datetime.date, last: datetime.date
) -> list[SubscriberTransition]:
    """So many in these days, evenly."""
    days, languages = (last - first).days, islice(cycle(LANGUAGES), number)
    return [
        SubscriberTransition(
            language=language, from_status=old, to_status=new, at=at(first + datetime.timedelta(days=days * place // number))
        )
        for place, language in enumerate(languages)
    ]
