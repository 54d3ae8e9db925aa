"""Names of organisations as people typed them, and the organisation of the directory each means."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from core.directory.names import known_organisation, names_in, names_of, organisation_key
from core.merging.likeness import pairs_one_slip_apart, pairs_with_one_key
from core.models import NameKind, Organisation, OrganisationName, Sector
from trainings.models import Enrolment
from trainings.querysets.enrolments import EnrolmentQuerySet


@dataclass(frozen=True, slots=True)
class TypedName:
    """One name, in the spelling most people used; how many enrolments have it; which organisation it may mean."""

    name: str
    count: int
    meant: Organisation | None


def typed_names() -> list[TypedName]:
    """Those that mean no organisation of the directory yet, the most frequent first. Three queries."""
    spelled: dict[str, dict[str, int]] = defaultdict(dict)
    rows = _unknown().values_list("organisation_name").annotate(n=Count("pk")).order_by("-n", "organisation_name")
    for name, count in rows:
        spelled[organisation_key(name)][name] = count
    meant = _meant(list(spelled))
    found = [TypedName(next(iter(names)), sum(names.values()), meant.get(key)) for key, names in spelled.items()]
    return sorted(found, key=lambda each: (-each.count, each.name))


@transaction.atomic
def take_as(*, name: str, organisation: Organisation) -> int:
    """Whoever typed this name works there; the name leads there from now on. What was typed stays as it was. Returns how many."""
    key = organisation_key(name)
    keys = [pk for pk, typed in _unknown().values_list("pk", "organisation_name") if organisation_key(typed) == key]
    count = Enrolment.objects.filter(pk__in=keys).update(organisation=organisation)
    if known_organisation(name) != organisation:
        OrganisationName.objects.create(organisation=organisation, kind=NameKind.ALIAS, name=name)
    return count


@transaction.atomic
def add_to_directory(*, name: str, sector: Sector | None) -> Organisation:
    """A new organisation of that name, shown to nobody until somebody says so; whoever typed it works there."""
    organisation = Organisation.objects.create(name_fr=name, sector=sector, is_listed=False)
    take_as(name=name, organisation=organisation)
    return organisation


def _unknown() -> EnrolmentQuerySet:
    return Enrolment.objects.known().filter(organisation=None).exclude(organisation_name="")


def _meant(typed: list[str]) -> dict[str, Organisation]:
    """By the key of what was typed: the one organisation with that name, or else with one a letter apart."""
    directory = {row.pk: row for row in Organisation.objects.prefetch_related("other_names")}
    keys = [(pk, organisation_key(part)) for pk, row in directory.items() for name in names_of(row) for part in names_in(name)]
    both = [*keys, *((-number, key) for number, key in enumerate(typed, start=1))]
    found: dict[str, Organisation] = {}
    for pairs in (pairs_with_one_key(both), pairs_one_slip_apart(both)):
        meant: dict[str, set[int]] = defaultdict(set)
        for typed_id, pk in ((low, high) for low, high in pairs if low < 0 < high):
            meant[typed[-typed_id - 1]].add(pk)
        found = {key: directory[next(iter(rows))] for key, rows in meant.items() if len(rows) == 1} | found
    return found
