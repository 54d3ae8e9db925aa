"""Files of subscribers as somebody brings them, and what becomes of them."""

import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone

from newsletter.models import SubscriberImport
from newsletter.subscribers.importing import run as imports
from tests.core.mailing import work_off

TODAY = datetime.date(2026, 3, 12)


def upload(content: str | bytes, **options: Any) -> SubscriberImport:
    raw = content.encode() if isinstance(content, str) else content
    wanted = {"filename": "readers.csv", "source": "Paper list, study morning", "agreed_on": TODAY, "language": "fr", "by": None}
    return imports.start_import(content=raw, now=timezone.now(), **wanted | options)  # type: ignore[arg-type]


def outcomes(subscriber_import: SubscriberImport) -> dict[str, int]:
    return dict(subscriber_import.lines.order_by().values_list("outcome").annotate(Count("pk")))


def carry_out(subscriber_import: SubscriberImport) -> SubscriberImport:
    """The worker looks, a person says yes, the worker writes."""
    work_off()
    imports.begin_import(import_id=subscriber_import.pk)
    work_off()
    subscriber_import.refresh_from_db()
    return subscriber_import


def big_file(lines: int) -> bytes:
    """BOM-less Windows letters, semicolons, every tenth a case duplicate, every twentieth suppressed."""
    rows = ["Prénom;Adresse e-mail;Langue"]
    for number in range(lines):
        if number % 10 == 9:
            rows.append(f"Zoé;READER-{number - 1}@Example.org;nl")
        elif number % 20 == 0:
            rows.append(f"Jérôme;left-{number}@example.org;fr")
        else:
            rows.append(f"Léa;reader-{number}@example.org;{('fr', 'nl', 'en')[number % 3]}")
    return "\r\n".join(rows).encode("cp1252")
