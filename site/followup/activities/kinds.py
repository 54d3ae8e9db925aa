"""The kinds of activities the annual report tells, from `data/kinds.json`: loaded once, and extended by administrators."""

import json
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from followup.models import ActivityCategory, ActivityKind

DATA: Final = Path(__file__).parent / "data" / "kinds.json"


@transaction.atomic
def load_kinds() -> dict[str, int]:
    """Adds the kinds and categories that are missing, and leaves those that are there as they are. Twice is as once."""
    done = {"kinds": 0, "categories": 0}
    for position, told in enumerate(json.loads(DATA.read_text("utf-8")), start=1):
        kind, is_new = ActivityKind.objects.get_or_create(slug=told["slug"], defaults=_kind(told) | {"position": position * 10})
        done["kinds"] += is_new
        for each in told["categories"]:
            defaults = _names(each["labels"])
            _category, is_new = ActivityCategory.objects.get_or_create(kind=kind, code=each["code"], defaults=defaults)
            done["categories"] += is_new
    return done


def _kind(told: dict[str, Any]) -> dict[str, Any]:
    fields = {name: told[name] for name in ("programme", "counted_as", "unit", "asks_partner")}
    return fields | _names(told["labels"])


def _names(labels: dict[str, str]) -> dict[str, str]:
    return {f"name_{language}": name for language, name in labels.items()}
