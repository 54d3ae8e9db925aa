"""Meetings typed in one box, a line each."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.backoffice.dates import refuse_unlikely_year
from trainings.planning.in_house import Span

# `19/01/2027 9:30-12:30`, also with `9h30`, `9.30`, `9 h`, an en dash, `à`, `to` or `tot`.
HOUR = r"(\d{1,2})\s*(?:[:.h]\s*(\d{2})?)?"
LINE = re.compile(rf"^(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}})[\s,]+{HOUR}\s*(?:-|–|à|to|tot)\s*{HOUR}$", re.IGNORECASE)


class MeetingsField(forms.CharField):
    """`19/01/2027 9:30-12:30`, by the clock of Brussels. Gives the spans in order; a line that cannot be read is quoted."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("A line for each meeting, like this: 19/01/2027 9:30-12:30"))
        super().__init__(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value: Any) -> list[Span]:
        text = super().clean(value)
        spans = sorted(_span(line.strip()) for line in text.splitlines() if line.strip())
        starts = [start for start, _end in spans]
        if len(set(starts)) < len(starts):
            raise ValidationError(_("Two meetings begin at the same moment."))
        return spans


def written_spans(spans: Any) -> str:
    """Spans as `MeetingsField` reads them."""
    pairs = ((timezone.localtime(start), timezone.localtime(end)) for start, end in spans)
    return "\n".join(f"{start:%d/%m/%Y %H:%M}-{end:%H:%M}" for start, end in pairs)


def _span(line: str) -> Span:
    found = LINE.match(line)
    unreadable = ValidationError(_("“%(line)s” cannot be read. Write it like this: 19/01/2027 9:30-12:30"), params={"line": line})
    if found is None:
        raise unreadable
    day, month, year, hour, minute, last_hour, last_minute = (int(each or 0) for each in found.groups())
    try:
        date = datetime.date(year, month, day)
        start, end = datetime.time(hour, minute), datetime.time(last_hour, last_minute)
    except ValueError as error:
        raise unreadable from error
    refuse_unlikely_year(date)
    if end <= start:
        raise ValidationError(_("“%(line)s” ends before it begins."), params={"line": line})
    return timezone.make_aware(datetime.datetime.combine(date, start)), timezone.make_aware(datetime.datetime.combine(date, end))
