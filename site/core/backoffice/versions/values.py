"""One value of a field: as text that can be compared, and in words a person can choose by."""

import datetime
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.text import Truncator
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from core.text.dates import MOMENT, written

LONGEST = 300
Many = list | tuple | set | QuerySet


def comparable(value: Any) -> str:
    """The same text for what the database holds and for what the form sent, where they mean the same."""
    if value is None or value is False or value == "":
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, StreamValue):
        return json.dumps(_without_ids(value.get_prep_value()), sort_keys=True, default=str)
    if isinstance(value, datetime.datetime):
        # Forms ask for minutes.
        return f"{value.astimezone(datetime.UTC) if is_aware(value) else value:%Y-%m-%d %H:%M}"
    if isinstance(value, int | float | Decimal):
        number = value if isinstance(value, Decimal) else Decimal(int(value) if isinstance(value, int) else repr(value))
        return f"{number.normalize():f}"
    if isinstance(value, Many):
        return json.dumps(sorted(comparable(each) for each in value)) if value else ""
    return str(value).replace("\r\n", "\n").strip()


def in_words(field: forms.Field, value: Any) -> str:
    """What a person reads: the label of a choice, a day, yes or no."""
    if isinstance(value, StreamValue):
        value = " · ".join(_texts(value.get_prep_value()))
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if comparable(value) == "":
        return _("nothing")
    if isinstance(value, datetime.datetime):
        return written(value, MOMENT)
    if isinstance(value, datetime.date):
        return written(value)
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return ", ".join(_labels(field, value if isinstance(value, Many) else [value]))
    return Truncator(str(value)).chars(LONGEST)


def _labels(field: Any, values: Iterable[Any]) -> list[str]:
    wanted = {comparable(each) for each in values}
    if isinstance(field.choices, ModelChoiceIterator):
        return [field.label_from_instance(row) for row in field.queryset.filter(pk__in=wanted)]
    return [str(label) for key, label in _flat(field.choices) if str(key) in wanted]


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Choices without their groups."""
    for key, label in choices:
        yield from label if isinstance(label, list | tuple) else [(key, label)]


def _without_ids(prepared: Any) -> Any:
    """Blocks of a stream get their ids when they are written: two readings of one stream differ in them."""
    if isinstance(prepared, list):
        return [_without_ids(each) for each in prepared]
    if isinstance(prepared, dict):
        return {name: _without_ids(each) for name, each in prepared.items() if name != "id"}
    return prepared


def _texts(prepared: Any) -> list[str]:
    """The words in a stream."""
    if isinstance(prepared, dict):
        return [text for name, each in prepared.items() if name not in {"id", "type"} for text in _texts(each)]
    if isinstance(prepared, list):
        return [text for each in prepared for text in _texts(each)]
    return [prepared] if isinstance(prepared, str) and prepared else []
