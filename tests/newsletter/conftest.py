"""Fixtures of the newsletter's stories."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.utils import translation
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Site

from core.models import Attempt, Duty, OutgoingMail, User, WorkerHeartbeat
from newsletter.models import (
    Bounce,
    Consent,
    Delivery,
    Issue,
    Subscriber,
    SubscriberImport,
    SubscriberImportLine,
    SubscriberTransition,
    SubscriptionRequest,
    Suppression,
)
from tests.core.sink import Sink, listening
from tests.databases import committing
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import audience, edition, green, issue_under_way

# The register of consents refuses to be deleted row by row.
TRUNCATED: tuple[type[models.Model], ...] = (
    Consent, SubscriptionRequest, SubscriberTransition, Suppression, Bounce, SubscriberImportLine, SubscriberImport, Subscriber,
    OutgoingMail, Attempt, DBTaskResult,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english() -> object:
    """Stories are told in English; those about other languages say so."""
    with translation.override("en"):
        yield


@pytest.fixture
def committed_readers(db: None) -> Iterator[None]:
    """Readers that every thread sees; afterwards their tables are emptied."""
    with committing():
        yield
        empty_tables()


@pytest.fixture
def committed_issues(db: None) -> Iterator[None]:
    """Issues, pages and readers that every thread and process sees; afterwards the tree of pages is as it was."""
    with committing(WorkerHeartbeat, DBTaskResult, Duty, User):
        sites, pages = list(Site.objects.all()), set(Page.objects.values_list("pk", flat=True))
        yield
        Delivery.objects.all().delete()
        for page in Page.objects.exclude(pk__in=pages).order_by("-depth"):
            page.delete()
        Issue.objects.all().delete()
        empty_tables()
        Site.objects.all().delete()
        Site.objects.bulk_create(sites)


def empty_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(model._meta.db_table for model in TRUNCATED)} CASCADE")


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """The newsletter goes to a real SMTP server, and a sender in trouble does not wait before it tries again."""
    settings.NEWSLETTER_DB_RETRY_SECONDS = 0
    with listening() as sink:
        settings.MAILERS = sink.mailers
        yield sink


@pytest.fixture
def ready_issue(db: None) -> Issue:
    """A French edition, three readers, green checks: Send may be pressed."""
    issue = IssueFactory()
    edition(issue)
    audience(3)
    return green(issue)


@pytest.fixture
def sending_issue(db: None) -> Issue:
    """Its sending has begun: three readers wait in its ledger, nothing has left yet."""
    return issue_under_way(3)
