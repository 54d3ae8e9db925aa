"""Where a person stands in words of others: notes, pages, revisions, logs, results of tasks. Found, and taken out."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from core.privacy.columns import as_written, is_json, text_tables
from core.privacy.needles import Needles
from core.privacy.registry import registered

GONE = "…"
# What stands in place of a word where only letters may.
GONE_FROM_SLUG = "x"
AROUND = 80


@dataclass(frozen=True, slots=True)
class Mention:
    """One column of one row, with its raw text."""

    field: "models.Field[Any, Any]"
    pk: Any
    raw: str

    @property
    def model(self) -> type[models.Model]:
        return self.field.model


def mentions(needles: Needles, *, of: str) -> Iterator[Mention]:
    """All columns of all tables. `of`: her address; the row of somebody else who has the same name is not hers."""
    for table in text_tables():
        for pk, *texts in table.holding(needles.broad):
            for field, raw in zip(table.columns, texts, strict=True):
                if raw and _stands_in(raw, field, needles) and not _is_of_somebody_else(field, pk, raw, needles, of):
                    yield Mention(field, pk, raw)


def take_out(needles: Needles, *, of: str) -> Counter[type[models.Model]]:
    """Puts a mark in place of each; how many rows of each table lost one. Inside the transaction of the erasure."""
    rows = set()
    for each in list(mentions(needles, of=of)):
        _take_out_of(each, needles)
        rows.add((each.model, each.pk))
    return Counter(model for model, _pk in rows)


def shown(mention: Mention, needles: Needles) -> str:
    """The words around it."""
    words = " ".join(_words_of(json.loads(mention.raw))) if is_json(mention.field) else mention.raw
    found = needles.exact.search(words)
    start, end = found.span() if found else (0, 0)
    return " ".join(words[max(0, start - AROUND) : end + AROUND].split())


def _take_out_of(mention: Mention, needles: Needles) -> None:
    for mark in _marks(mention):
        text = _without(mention, needles, mark)
        rows = mention.model._base_manager.filter(pk=mention.pk)
        try:
            with transaction.atomic():
                rows.update(**{mention.field.attname: as_written(mention.field, text)})
        except IntegrityError:
            continue  # unique, and taken by another erased one
        return


def _marks(mention: Mention) -> tuple[str, str]:
    if isinstance(mention.field, models.SlugField):
        return GONE_FROM_SLUG, f"{GONE_FROM_SLUG}{mention.pk}"
    if isinstance(mention.field, models.EmailField):
        return "", f"erased-{mention.pk}@invalid"
    return GONE, f"{GONE} {mention.pk}"


def _without(mention: Mention, needles: Needles, mark: str) -> str:
    if not is_json(mention.field):
        return needles.exact.sub(mark, mention.raw)
    return json.dumps(_scrubbed(json.loads(mention.raw), needles, mark), ensure_ascii=False)


def _scrubbed(value: Any, needles: Needles, mark: str) -> Any:
    """In JSON at any depth, keys too; a text may hold JSON itself, as a StreamField does in a revision."""
    if isinstance(value, dict):
        return {needles.exact.sub(mark, key): _scrubbed(each, needles, mark) for key, each in value.items()}
    if isinstance(value, list):
        return [_scrubbed(each, needles, mark) for each in value]
    if not isinstance(value, str):
        return value
    inner = _inner(value)
    return needles.exact.sub(mark, value) if inner is None else json.dumps(_scrubbed(inner, needles, mark))


def _inner(text: str) -> Any:
    """The JSON in a text, or None."""
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _words_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _words_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words_of(each)
    elif isinstance(value, str):
        inner = _inner(value)
        yield from [value] if inner is None else _words_of(inner)


def _stands_in(raw: str, field: "models.Field[Any, Any]", needles: Needles) -> bool:
    if not is_json(field):
        return bool(needles.exact.search(raw))
    return any(needles.exact.search(words) for words in _words_of(json.loads(raw)))


def _is_of_somebody_else(field: "models.Field[Any, Any]", pk: Any, raw: str, needles: Needles, email: str) -> bool:
    """A name in a table of people, in a row with another address."""
    path = _addresses().get((field.model._meta.label, field.name))
    if not path or needles.email.search(raw):
        return False
    owner = field.model._base_manager.filter(pk=pk).values_list(path, flat=True).first()
    return bool(owner) and str(owner).lower() != email.strip().lower()


def _addresses() -> dict[tuple[str, str], str]:
    """Columns with the name of a person, and the path to her address."""
    return {
        (apps.get_model(known.model)._meta.label, name): known.email
        for data in registered()
        for known in data.known
        for name in known.names
        if known.email
    }
