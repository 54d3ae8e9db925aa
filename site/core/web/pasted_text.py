"""Takes out of what staff sends the characters that nobody sees: pasted from a PDF, they end feeds and spreadsheets later."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from core.text.safety import without_unprintable

# Kept as typed: a password is only ever compared.
AS_TYPED = "password"


class PastedTextMiddleware:
    """Every form of the back-office, pages and snippets included, gets clean texts; a note says so.

    Public forms ask instead (`core.forms`): what strangers write is theirs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.method != "POST" or not request.path.startswith(reverse("wagtailadmin_home")):
            return
        cleaned = _cleaned(request.POST)
        if cleaned is not None:
            setattr(request, "POST", cleaned)  # noqa: B010 (Django's own setter; its annotation knows none)
            note = _("Characters that cannot be shown, often copied from a PDF, were taken out of what you sent. Please read it again.")
            messages.warning(request, note)


def _cleaned(sent: QueryDict) -> QueryDict | None:
    """None where there is nothing to clean."""
    changed = {name: clean for name, values in sent.lists() if AS_TYPED not in name and (clean := list(map(_clean, values))) != values}
    if not changed:
        return None
    copy = sent.copy()
    for name, values in changed.items():
        copy.setlist(name, values)
    return copy


def _clean(value: str) -> str:
    """The editor of rich text sends JSON, in which such characters are escaped."""
    if value.startswith("{") and "\\" in value:
        try:
            data = json.loads(value)
        except ValueError:
            return without_unprintable(value)
        clean = _clean_data(data)
        return value if clean == data else json.dumps(clean, ensure_ascii=False)
    return without_unprintable(value)


def _clean_data(data: Any) -> Any:
    """Places in a text are given by numbers: it keeps its length."""
    match data:
        case str():
            return without_unprintable(data, keeps_length=True)
        case list():
            return [_clean_data(each) for each in data]
        case dict():
            return {name: _clean_data(each) for name, each in data.items()}
    return data
