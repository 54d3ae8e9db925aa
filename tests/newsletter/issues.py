"""Issues as tests need them: a small tree of pages, editions, and an audience."""

import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone
from wagtail.models import Locale, Page, Site

from core.mail.foot import Foot
from home.models import EventIndexPage, EventPage, HomePage, NewsIndexPage, NewsPage
from newsletter.compose.content import IssueContent, Item, Section
from newsletter.compose.previews import new_token_placeholder
from newsletter.compose.rendering import Frame, render_content
from newsletter.enums.issues import IssueStatus
from newsletter.models import FrozenEdition, Issue, IssuePage, NewsletterIndexPage, Subscriber
from newsletter.preflight.run import run_preflight
from newsletter.sending.schedule import create_deliveries
from tests.newsletter.factories import IssueFactory, SubscriberFactory

LANGUAGES = ("fr", "nl", "en")
SUBJECTS = {"fr": "Ce qui bouge à Bruxelles", "nl": "Wat beweegt er in Brussel", "en": "What is moving in Brussels"}


def index_page(language: str) -> NewsletterIndexPage:
    """The newsletter's page in a language, with a home page above it; made once."""
    found = NewsletterIndexPage.objects.filter(locale__language_code=language).first()
    if found:
        return found
    locale, _created = Locale.objects.get_or_create(language_code=language)
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        french = HomePage.objects.first()
        home = HomePage(title="Smes", slug=f"smes-{language}", locale=locale, translation_key=french.translation_key if french else uuid4())
        Page.get_first_root_node().add_child(instance=home)
        if french is None:
            Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    first = NewsletterIndexPage.objects.first()
    page = NewsletterIndexPage(
        title="Newsletter", slug="newsletter", locale=locale, translation_key=first.translation_key if first else uuid4()
    )
    home.add_child(instance=page)
    return page


def edition(issue: Issue, language: str = "fr", **fields: Any) -> IssuePage:
    """A draft of an issue in a language."""
    parent = index_page(language)
    values = {
        "title": f"N° {issue.number}",
        "slug": f"no-{issue.number}",
        "subject": SUBJECTS[language],
        "preheader": f"{issue.number} · {language}",
        "intro": "Bonjour à toutes et à tous.",
        "body": [section("smes", item(title=f"Une nouvelle ({language})", text="En deux mots.", url=f"https://example.org/{language}/1"))],
    }
    page = IssuePage(issue=issue, locale=parent.locale, translation_key=issue.key, live=False, **(values | fields))
    parent.add_child(instance=page)
    page.save_revision()
    return page


def section(kind: str, *items: dict[str, Any]) -> tuple[str, Any]:
    return "rubric", {"rubric": kind, "items": [(each["type"], each["value"]) for each in items]}


def item(**value: Any) -> dict[str, Any]:
    """One item of a section."""
    return {"type": "item", "value": {"page": None, "url": "", "title": "", "text": "", "note": ""} | value}


def training(session: Any, **value: Any) -> dict[str, Any]:
    """A session in a section."""
    return {"type": "training", "value": {"session": str(session.pk), "title": "", "text": ""} | value}


def audience(count: int, language: str = "fr", **fields: Any) -> list[Subscriber]:
    """So many readers, written at once."""
    built = SubscriberFactory.build_batch(count, language=language, **fields)
    return Subscriber.objects.bulk_create(built)


def news_page(language: str = "fr", *, published: datetime.datetime | None = None, **fields: Any) -> NewsPage:
    """A piece of news below the home page of a language."""
    home = index_page(language).get_parent().specific
    index = NewsIndexPage.objects.child_of(home).first()
    if index is None:
        index = NewsIndexPage(title="News", slug="news", locale=home.locale, translation_key=_key(NewsIndexPage))
        home.add_child(instance=index)
    moment = published or timezone.now()
    values = {"title": "Une nouvelle", "intro": "En deux mots.", "date": timezone.localdate(moment), "first_published_at": moment}
    page = NewsPage(locale=home.locale, **(values | fields))
    index.add_child(instance=page)
    return page


def event_page(language: str = "fr", *, starts_at: datetime.datetime, **fields: Any) -> EventPage:
    """An event below the home page of a language."""
    home = index_page(language).get_parent().specific
    index = EventIndexPage.objects.child_of(home).first()
    if index is None:
        index = EventIndexPage(title="Events", slug="events", locale=home.locale, translation_key=_key(EventIndexPage))
        home.add_child(instance=index)
    values = {"title": "Une matinée", "intro": "À noter.", "starts_at": starts_at, "ends_at": starts_at + datetime.timedelta(hours=3)}
    page = EventPage(locale=home.locale, **(values | fields))
    index.add_child(instance=page)
    return page


def _key(model: Any) -> Any:
    first = model.objects.first()
    return first.translation_key if first else uuid4()


def issue_content(items: int = 3, language: str = "fr", **fields: Any) -> IssueContent:
    """An issue without a page."""
    pieces = tuple(
        Item(
            title=f"Une place pour chacun·e, épisode {n}",
            text="Trois phrases sur le logement, la santé et ce qui relie les deux. " * 3,
            url=f"https://smes.example.org/fr/actualites/{n}/",
            note="12 novembre 2026",
        )
        for n in range(items)
    )
    values = {
        "subject": SUBJECTS[language],
        "preheader": "Et ce qui s’y prépare",
        "number": 84,
        "month": "novembre 2026",
        "intro": "Bonjour à toutes et à tous.",
        "web_url": "https://smes.example.org/fr/newsletter/84/",
        "sections": (Section(kind="smes", title="Actualités du Smes", items=pieces),),
    }
    return IssueContent(language=language, **(values | fields))


FRAME = Frame(
    base_url="https://smes.example.org",
    foot=Foot(
        postal_address="Smes asbl\nrue du Progrès 323\n1030 Schaerbeek",
        privacy_url="https://smes.example.org/fr/vie-privee/",
    ),
    unsubscribe_url="https://smes.example.org/n/u/place/",
    preferences_url="https://smes.example.org/n/p/place/",
)


def green(issue: Issue) -> Issue:
    """With its checks run, and nothing found by the network."""
    run_preflight(issue_id=issue.pk, now=timezone.now(), by=None, try_it=lambda url: 200, lookup=lambda name: ["v=spf1", "v=DMARC1", "p="])
    return issue


def issue_under_way(subscribers: int, *, items: int = 3, language: str = "fr") -> Issue:
    """An issue whose sending has begun, without pages: its ledger is full and nothing has left yet."""
    now = timezone.now()
    issue = IssueFactory(status=IssueStatus.SENDING, started_at=now)
    token_placeholder = new_token_placeholder()
    mail = render_content(issue_content(items, language), FRAME, token_placeholder)
    FrozenEdition.objects.create(
        issue=issue,
        language=language,
        subject=mail.subject,
        html=mail.html,
        text=mail.text,
        token_placeholder=token_placeholder,
        frozen_at=now,
    )
    audience(subscribers, language)
    create_deliveries(issue=issue, now=now)
    return issue


def published(number: int, language: str = "fr", **fields: Any) -> IssuePage:
    issue = IssueFactory(number=number, started_at=timezone.now())
    page = edition(issue, language, **fields)
    page.get_latest_revision().publish()
    page.refresh_from_db()
    return page
