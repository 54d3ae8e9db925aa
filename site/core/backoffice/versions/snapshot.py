"""The version a form read: a fingerprint of each field and of each row below it, signed, in a hidden field."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.db.models import Model
from django.forms import BaseForm, BoundField, FileField
from django.utils.crypto import salted_hmac

from core.backoffice.versions.values import comparable

SALT = "core.backoffice.versions"
# What a formset needs for itself.
OF_FORMSETS = {"DELETE", "ORDER"}


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What stood in the database when a form was shown. Fingerprints, not values: nothing of a person travels in it."""

    at: datetime.datetime
    fields: dict[str, str] = field(default_factory=dict)
    # Keys of the rows below the object, in their order.
    rows: dict[str, list[str]] = field(default_factory=dict)
    # Fields whose reader was asked whose value shall stand.
    asked: list[str] = field(default_factory=list)


def rows_of(form: Any) -> dict[str, Any]:
    """The formsets of a form, by the name of their relation; none in a form without rows."""
    formsets: dict[str, Any] = getattr(form, "formsets", {})
    return formsets


def fields_of(form: BaseForm, *, prefix: str = "") -> Iterator[tuple[str, BoundField]]:
    """The facts a form asks for, each with the key it has in a snapshot."""
    pk = form._meta.model._meta.pk.name if prefix and hasattr(form, "_meta") else ""
    for name, each in form.fields.items():
        if name not in OF_FORMSETS and name != pk and not each.disabled and not isinstance(each, FileField):
            yield f"{prefix}{name}", form[name]


def fingerprint(key: str, value: Any) -> str:
    """Short, and of no use to whoever does not know the key of the site."""
    return salted_hmac(SALT, f"{key}={comparable(value)}", algorithm="sha256").hexdigest()[:16]


def snapshot_of(form: BaseForm, *, now: datetime.datetime) -> Snapshot:
    """Of an unbound form: what it shows is what the database holds."""
    fields = {key: fingerprint(key, bound.initial) for key, bound in fields_of(form)}
    rows: dict[str, list[str]] = {}
    for relation, formset in rows_of(form).items():
        known = [row for row in formset.forms if row.instance.pk]
        rows[relation] = [str(row.instance.pk) for row in known]
        for row in known:
            fields |= {key: fingerprint(key, bound.initial) for key, bound in fields_of(row, prefix=f"{relation}-{row.instance.pk}-")}
    return Snapshot(at=now, fields=fields, rows=rows)


def signed(snapshot: Snapshot, row: Model) -> str:
    """For the hidden field. It is of use in the form of this row only."""
    content = {"at": snapshot.at.isoformat(), "fields": snapshot.fields, "rows": snapshot.rows, "asked": snapshot.asked}
    return signing.dumps(content, salt=_salt(row), compress=True)


def read(token: str, row: Model) -> Snapshot | None:
    """None where there is no version, or not one of ours: then nothing is known of what the reader saw."""
    try:
        content = signing.loads(token, salt=_salt(row))
    except signing.BadSignature:
        return None
    return Snapshot(**content | {"at": datetime.datetime.fromisoformat(content["at"])})


def _salt(row: Model) -> str:
    return f"{SALT}:{row._meta.label}:{row.pk}"
