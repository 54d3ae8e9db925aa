"""Watches every template of ours that a test renders: a variable that does not exist is a fault, not an empty space.

Variables inside `{% if %}` may be missing (Django asks them softly), and those with `|default`. Templates of Wagtail and others may do as
they like.
"""

import sys
from pathlib import Path
from types import FrameType
from typing import Any

from django.template import engines
from django.template.base import FilterExpression

OURS = str(Path(__file__).resolve().parents[1] / "templates")
FORGIVING = {"default", "default_if_none", "yesno"}


class Noted(str):
    """The empty string Django puts in place of a missing variable; it asks whether there is one, and so we learn of it."""

    __slots__ = ()
    found: list[str] = []  # noqa: RUF012

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        expression = frame.f_locals.get("self")
        origin = _template(frame)
        if isinstance(expression, FilterExpression) and origin.startswith(OURS):
            filters = {getattr(function, "__name__", "") for function, _arguments in expression.filters}
            if not filters & FORGIVING:
                self.found.append(f"{origin.removeprefix(OURS)[1:]}: {{{{ {expression.token} }}}}")
        return False


def watch() -> None:
    engine: Any = engines["django"]
    engine.engine.string_if_invalid = Noted()


def _template(frame: FrameType | None) -> str:
    """The file of the nearest node that is being rendered."""
    while frame is not None:
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if origin is not None and getattr(origin, "name", None):
            return str(origin.name)
        frame = frame.f_back
    return ""
