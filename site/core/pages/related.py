"""Related content: apps contribute cards for an object through a signal, so that its page need not know them."""

from typing import Any

from django.db.models import Model

from core.page_cache.kept import kept
from core.signals import collect_related


def related_cards(row: Model, *, language: str) -> list[Any]:
    """Cards with `title`, `url`, `summary`, `series`, `programme` and `is_example`, for templates/components/related.html."""
    return kept(("related", row._meta.label, row.pk, language), lambda: _collect(row, language))


def _collect(row: Model, language: str) -> list[Any]:
    answers: list[Any] = collect_related.send(sender=type(row), row=row, language=language)
    return [card for _receiver, cards in answers for card in cards]
