"""Every column of every table that can hold words, from the models themselves: a new table is looked through from its first day."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from core.privacy.registry import registered

JSON = "JSONField"


@dataclass(frozen=True, slots=True)
class Table:
    """A model and those of its own columns that hold words."""

    model: type[models.Model]
    columns: tuple["models.Field[Any, Any]", ...]

    def holding(self, broad: str) -> QuerySet[Any, Any]:
        """Rows in which it stands: their key, then the raw text of each column."""
        raw = {f"raw_{each.name}": Cast(F(each.attname), TextField()) for each in self.columns}
        found = Q(pk__in=())
        for name in raw:
            found |= Q(**{f"{name}__iregex": broad})
        return self.model._base_manager.annotate(**raw).filter(found).order_by("pk").values_list("pk", *raw)


def text_tables() -> Iterator[Table]:
    """All of them, those of other packages included; without what the apps keep for a reason they declare."""
    kept = {label for data in registered() for label in data.keeps}
    for model in apps.get_models():
        if not model._meta.managed or model._meta.label in kept:
            continue
        own = (each for each in model._meta.local_concrete_fields if holds_words(each))
        columns = tuple(each for each in own if f"{model._meta.label}.{each.name}" not in kept)
        if columns:
            yield Table(model, columns)


def holds_words(field: "models.Field[Any, Any]") -> bool:
    """Text or JSON, and no choice out of a list. Files have their own search (`core.privacy.files`)."""
    if field.primary_key or field.is_relation or field.choices:
        return False
    return isinstance(field, models.CharField | models.TextField) or field.get_internal_type() == JSON


def is_json(field: "models.Field[Any, Any]") -> bool:
    """JSON, or a StreamField, which is JSON to the database."""
    return field.get_internal_type() == JSON


def as_written(field: "models.Field[Any, Any]", text: str) -> Any:
    """What `update` takes for a raw text: the value as the database holds it."""
    return Cast(Value(text, output_field=TextField()), models.JSONField()) if is_json(field) else text
