"""Organisations that are one: found by each of their names, merged, and two again."""

from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from core.directory.merging import ORGANISATIONS, find
from core.merging.likeness import Reason
from core.merging.merge import keep_apart, merge_rows, undo_merge
from core.merging.selectors import likely_pairs
from core.models import NameKind, Organisation
from publications.models import WorkAuthor
from tests.cartography.factories import PlaceFactory
from tests.core.factories import OrganisationFactory, OrganisationNameFactory
from tests.publications.factories import WorkAuthorFactory
from tests.trainings.factories import EnrolmentFactory
from trainings.models import AgreedPrice

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def plain(name: str, **facts: Any) -> Organisation:
    made: Organisation = OrganisationFactory(**({"name_fr": name, "name_nl": ""} | facts))
    return made


def everything() -> dict[str, list[Any]]:
    """All rows that hang on organisations, and themselves."""
    names = ("core.Organisation", "core.OrganisationName", "trainings.Enrolment", "cartography.Place", "publications.WorkAuthor")
    return {name: sorted(apps.get_model(name)._base_manager.values_list(), key=repr) for name in names}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Le Foyer d’exemple asbl", "FOYER D'EXEMPLE", Reason.NAME),
        ("Maison d’exemple", "Maison d’exemples", Reason.SLIP),
        ("Santé mentale et exclusion sociale", "SMES", Reason.ACRONYM),
        ("Centre d’accueil (CDA)", "CDA", Reason.OTHER_NAME),
    ],
)
def test_two_names_of_one_organisation(one: str, other: str, reason: Reason) -> None:
    first, second = plain(one), plain(other)
    [found] = find()
    assert (found.first, found.second) == (first.pk, second.pk)
    assert reason in found.reasons


def test_a_name_in_dutch_and_a_former_one_count_too() -> None:
    house = plain("Maison d’exemple", name_nl="Voorbeeldhuis")
    OrganisationNameFactory(organisation=house, name="Centre d’hier", kind=NameKind.FORMER)
    plain("Voorbeeldhuis vzw")
    plain("Centre d’hier")
    assert [each.reasons for each in find()] == [(Reason.NAME,), (Reason.OTHER_NAME,)]


def test_two_that_are_not_the_same_are_not_asked_again() -> None:
    one, other = plain("Foyer"), plain("Le Foyer")
    assert likely_pairs(ORGANISATIONS)
    for pair in ((other.pk, one.pk), (one.pk, other.pk)):
        keep_apart(ORGANISATIONS, one=pair[0], other=pair[1], now=NOW, by=None)
    assert likely_pairs(ORGANISATIONS) == []


@pytest.fixture
def pair() -> tuple[Organisation, Organisation]:
    """On the second hang an enrolment, a place of the map and a publication."""
    kept = plain("Foyer", sector=None, municipality="", roles=["member"])
    removed = plain("Le Foyer asbl", name_nl="De Haard", roles=["member", "partner"])
    OrganisationNameFactory(organisation=removed, name="Ancien foyer", kind=NameKind.FORMER)
    EnrolmentFactory(organisation=removed)
    PlaceFactory(organisation=removed)
    WorkAuthorFactory(organisation=removed)
    return kept, removed


def test_all_apps_follow_and_all_names_lead_to_the_one_that_stays(pair: tuple[Organisation, Organisation]) -> None:
    kept, removed = pair
    merge_rows(ORGANISATIONS, keep=kept.pk, remove=removed.pk, now=NOW, by=None)
    kept = Organisation.objects.get()
    assert {each.name for each in kept.other_names.all()} == {"Le Foyer asbl", "Ancien foyer"}
    assert (kept.name_nl, kept.sector, kept.municipality, kept.roles) == ("De Haard", removed.sector, "Bruxelles", ["member", "partner"])
    for name in ("trainings.Enrolment", "cartography.Place", "publications.WorkAuthor"):
        assert apps.get_model(name).objects.get().organisation == kept


def test_of_what_each_has_one_that_of_the_kept_one_stays() -> None:
    kept, removed = plain("Foyer"), plain("Le Foyer")
    own, other = AgreedPrice.objects.create(organisation=kept, percent=50), AgreedPrice.objects.create(organisation=removed, percent=0)
    merge = merge_rows(ORGANISATIONS, keep=kept.pk, remove=removed.pk, now=NOW, by=None)
    assert list(AgreedPrice.objects.values_list("pk", "percent")) == [(own.pk, 50)]
    undo_merge(ORGANISATIONS, merge_id=merge.pk, now=NOW, by=None)
    assert dict(AgreedPrice.objects.values_list("organisation", "pk")) == {kept.pk: own.pk, removed.pk: other.pk}


def test_undone_all_is_as_it_was(pair: tuple[Organisation, Organisation]) -> None:
    kept, removed = pair
    before = everything()
    merge = merge_rows(ORGANISATIONS, keep=kept.pk, remove=removed.pk, now=NOW, by=None)
    since = WorkAuthorFactory(organisation=kept)
    undo_merge(ORGANISATIONS, merge_id=merge.pk, now=NOW, by=None)
    assert since.organisation == kept
    WorkAuthor.objects.filter(pk=since.pk).delete()
    assert everything() == before


def test_what_a_colleague_changed_since_is_not_put_back(pair: tuple[Organisation, Organisation]) -> None:
    kept, removed = pair
    merge = merge_rows(ORGANISATIONS, keep=kept.pk, remove=removed.pk, now=NOW, by=None)
    Organisation.objects.filter(pk=kept.pk).update(municipality="Jette")
    undo_merge(ORGANISATIONS, merge_id=merge.pk, now=NOW, by=None)
    kept.refresh_from_db()
    assert (kept.municipality, kept.name_nl) == ("Jette", "")
