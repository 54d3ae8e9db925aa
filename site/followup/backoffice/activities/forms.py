"""Forms of the counters and of activities; what is typed on a sheet, read line by line."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from core import clock
from core.personal_details.form import ANSWER, AnswerField, PersonalDetailsMixin
from followup.activities.fill_in import Entry, Number
from followup.activities.sheets import Line
from followup.models import ActivityKind, CountedAs

MOST = 999_999
HIGHEST = Decimal(999_999_999)


class CounterForm(PersonalDetailsMixin, forms.Form):
    """One tap. The button says of which category; what is not said is today, and one."""

    checked_texts = ("partner", "note")

    date = forms.DateField(label=gettext_lazy("Day"))
    number = forms.IntegerField(label=gettext_lazy("Number"), required=False, min_value=0, max_value=MOST)
    partner = forms.CharField(label=gettext_lazy("Organisation or network"), required=False, max_length=160)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=200)
    category = forms.CharField(required=False, max_length=60)
    tap = forms.UUIDField()

    def __init__(self, *args: Any, kind: ActivityKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.categories = {each.code: each for each in kind.categories.all() if each.is_active}

    def clean_date(self) -> Any:
        date = self.cleaned_data["date"]
        if date > clock.today():
            raise forms.ValidationError(_("This day is still to come: count it once it is over."))
        return date

    def clean_category(self) -> Any:
        """The row, or None."""
        code = self.cleaned_data["category"]
        if code and code not in self.categories:
            raise forms.ValidationError(_("This category is not one of the counter."))
        return self.categories.get(code)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("number") is None and not self.kind.is_tapped and "number" not in self.errors:
            self.add_error("number", _("How many? Write the number."))
        if self.kind.is_tapped and cleaned.get("number") == 0:
            self.add_error("number", _("Nought times is nothing to count."))
        return cleaned

    @property
    def question(self) -> Any:
        """The box to tick, where a text looks like a person."""
        field: Any = self.fields[ANSWER]
        return self[ANSWER] if field.choices else None

    def facts(self) -> dict[str, Any]:
        """For `count_activity`. Two buttons of one form are two taps."""
        facts = {name: self.cleaned_data[name] for name in ("date", "number", "partner", "note", "category")}
        category = facts["category"]
        return facts | {"tap": uuid.uuid5(self.cleaned_data["tap"], category.code if category else "")}


class ActivityForm(PersonalDetailsMixin, WagtailAdminModelForm):
    """Corrected later, or noted with all its facts."""

    checked_texts = ("partner", "note")
    about_nobody_supported = AnswerField()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        kind, category, number = cleaned.get("kind"), cleaned.get("category"), cleaned.get("number")
        if kind and category and category.kind_id != kind.pk:
            self.add_error("category", _("This category belongs to another kind of activity."))
        if kind and kind.counted_as == CountedAs.TIMES and number == 0:
            self.add_error("number", _("Nought times is nothing to count."))
        if (date := cleaned.get("date")) and date > clock.today():
            self.add_error("date", _("This day is still to come: count it once it is over."))
        return cleaned


class ActivityKindForm(WagtailAdminModelForm):
    """The report knows a kind by its code: it is given once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["slug"].disabled = True


@dataclass(frozen=True, slots=True)
class Typed:
    """What came from one line: an entry, or a word that is no number of its kind."""

    text: str
    entry: Entry | None
    error: str = ""


def typed_lines(lines: Mapping[str, Line], data: Mapping[str, str], *, rest_is_nought: bool = False) -> dict[str, Typed]:
    """Each line of a form by itself: one that is wrong does not hold up the others."""
    return {key: _typed(line, data, rest_is_nought=rest_is_nought) for key, line in lines.items() if key in data}


def _typed(line: Line, data: Mapping[str, str], *, rest_is_nought: bool) -> Typed:
    text, seen = data[line.key].strip(), data.get(f"seen-{line.key}", "").strip()
    if rest_is_nought and not text and not seen:
        text = "0"
    try:
        return Typed(text, Entry(seen=_number(seen, 2), wanted=_number(text, line.decimals)))
    except ValueError as wrong:
        return Typed(text, None, str(wrong))


def _number(text: str, decimals: int) -> Number:
    """`1859`, `1 859`; with decimals `58,50` and `58.50`. Raises ValueError with what to do."""
    if not text:
        return None
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".")
    try:
        number = Decimal(plain) if re.fullmatch(r"[0-9]+(\.[0-9]*)?", plain) else None
    except InvalidOperation:
        number = None
    if number is None:
        raise ValueError(_("Write a number in digits, without letters or dots between thousands."))
    if number != round(number, decimals):
        raise ValueError(_("Write a whole number.") if decimals == 0 else _("Write at most two decimals."))
    if number > HIGHEST:
        raise ValueError(_("This number is too large."))
    return number
