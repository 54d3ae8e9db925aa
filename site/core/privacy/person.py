"""One person over all apps: what is held of her, and her erasure."""

import datetime
from collections import Counter
from typing import Any

from django.core.cache import caches
from django.db import models, transaction

from core.models import ErasureProof, LookUpKind, PersonLookUp, User
from core.privacy import files, mentions, search_index
from core.privacy.keys import keyed_hash
from core.privacy.needles import needles_for
from core.privacy.registry import Words, registered

TEXTS, FILES = "texts", "files"


class CannotErase(Exception):
    """Something must be done first; `reasons` says what."""

    def __init__(self, reasons: list[Words]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


def export_person(email: str) -> dict[str, dict[str, Any]]:
    """All that is known of one email address, by app and kind."""
    return {data.app: data.export(email) for data in registered()}


def how_many(known: Any) -> int:
    """Of one kind of the export."""
    return len(known) if isinstance(known, list) else int(bool(known))


def reasons_against(email: str) -> list[Words]:
    """Why she cannot be erased yet."""
    return [reason for data in registered() for reason in data.refusals(email)]


@transaction.atomic
def erase_person(email: str, *, now: datetime.datetime, names: tuple[str, ...] = (), by: User | None = None) -> dict[str, dict[str, int]]:
    """Forgets one email address in all apps, or in none; how many rows of each kind lost it, by app. Raises CannotErase.

    Each app forgets what it knows her by. Then every text of every table is looked through for the address, and for the names the
    officer says are hers alone.
    """
    if reasons := reasons_against(email):
        raise CannotErase(reasons)
    counts = {data.app: dict(data.erase(email, now=now)) for data in registered()}
    needles = needles_for(email, names)
    changed = mentions.take_out(needles, of=email)
    for model, rows in changed.items():
        counts.setdefault(_app_of(model), Counter())[TEXTS] = counts.get(_app_of(model), {}).get(TEXTS, 0) + rows
    removed = files.remove(files.files_with(needles))
    if removed:
        counts["core"][FILES] = removed
    search_index.renew(needles)
    transaction.on_commit(_empty_caches)
    _note_erasure(email, counts, now=now, by=by)
    return counts


@transaction.atomic
def note_look_up(*, kind: LookUpKind, email: str, found: int, by: User, now: datetime.datetime) -> None:
    """Before anything is shown. An empty address: a search by name, which is noted without the name."""
    PersonLookUp.objects.create(at=now, by=by, kind=kind, address_key=keyed_hash(email) if email else "", found=found)


def proofs_of(email: str) -> models.QuerySet[ErasureProof]:
    """Whether and when an address was erased, for whoever names it."""
    return ErasureProof.objects.filter(address_key=keyed_hash(email))


def _app_of(model: type[models.Model]) -> str:
    """The app that declares; core for tables of other packages."""
    label = model._meta.app_label
    return label if label in {data.app for data in registered()} else "core"


def _note_erasure(email: str, counts: dict[str, dict[str, int]], *, now: datetime.datetime, by: User | None) -> None:
    key = keyed_hash(email)
    ErasureProof.objects.create(at=now, by=by, address_key=key, counts=counts)
    total = sum(sum(kinds.values()) for kinds in counts.values())
    PersonLookUp.objects.create(at=now, by=by, kind=LookUpKind.ERASE, address_key=key, found=total)


def _empty_caches() -> None:
    """A page or a fragment may show her."""
    for alias in caches:
        caches[alias].clear()
