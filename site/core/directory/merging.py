"""Organisations that may be one, and what one keeps of the other."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.directory.names import initials, names_in, names_of, organisation_key
from core.merging.likeness import Findings, Likely, Reason, pairs_one_slip_apart, pairs_with_one_key
from core.merging.registry import Label, MergeKind, Merging
from core.models import NameKind, Organisation, OrganisationName


def find(about: int | None = None) -> list[Likely]:
    """Same name in French or Dutch, another or a former name, one letter, an acronym. Two queries."""
    main: list[tuple[int, str]] = []
    every: list[tuple[int, str]] = []
    short: list[tuple[int, str]] = []
    for row in Organisation.objects.prefetch_related("other_names"):
        own = [organisation_key(name) for name in (row.name_fr, row.name_nl)]
        names = [part for name in names_of(row) for part in names_in(name)]
        main += [(row.pk, key) for key in own]
        every += [(row.pk, organisation_key(name)) for name in names]
        short += [(row.pk, letters) for name in names for letters in (initials(name), organisation_key(name).replace(" ", "")) if letters]
    findings = Findings()
    same_name, same_other = (set(pairs_with_one_key(keys, about=about)) for keys in (main, every))
    findings.add(same_name, Reason.NAME)
    findings.add(same_other - same_name, Reason.OTHER_NAME)
    findings.add(pairs_one_slip_apart(every, about=about), Reason.SLIP)
    findings.add(set(pairs_with_one_key(short, about=about)) - same_other, Reason.ACRONYM)
    return findings.likely()


def facts(row: Organisation) -> list[tuple[Label, Any]]:
    """What stands side by side."""
    return [
        (_("name in French"), row.name_fr),
        (_("name in Dutch"), row.name_nl),
        (_("other names"), ", ".join(each.name for each in row.other_names.all())),
        (_("sector"), row.sector or ""),
        (_("municipality"), row.municipality),
        (_("shown and offered to the public"), _("yes") if row.is_listed else _("no")),
    ]


def complete(merging: Merging) -> None:
    """What the kept one lacks it takes over; the names of the other one lead to it from now on."""
    kept, removed = merging.kept, merging.removed
    blank = [name for name in ("name_nl", "municipality", "sector") if not getattr(kept, name) and getattr(removed, name)]
    merging.ledger.change(
        kept,
        **{name: getattr(removed, name) for name in blank},
        roles=list(dict.fromkeys([*kept.roles, *removed.roles])),
        is_listed=kept.is_listed or removed.is_listed,
    )
    others = OrganisationName.objects.filter(organisation=kept).values_list("name", flat=True)
    known = {name.casefold() for name in (kept.name_fr, kept.name_nl, *others)}
    for name in dict.fromkeys((removed.name_fr, removed.name_nl)):
        if name and name.casefold() not in known:
            merging.ledger.add(OrganisationName(organisation=kept, kind=NameKind.ALIAS, name=name))


ORGANISATIONS = MergeKind(
    model="core.Organisation",
    search_fields=("name_fr", "name_nl", "other_names__name"),
    told_apart_by="municipality",
    find=find,
    facts=facts,
    complete=complete,
)
