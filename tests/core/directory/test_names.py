"""What people type, and which organisation they mean."""

import pytest

from core.directory.names import initials, known_organisation, names_in, organisation_key
from core.models import NameKind
from tests.core.factories import OrganisationFactory, OrganisationNameFactory
from trainings.enrolment.organisations import organisation_named, suggest_organisations

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["ASBL Le Foyer d’exemple", "foyer d'exemple", "FOYER D’EXEMPLE asbl", "  Foyer   d'Exemple "])
def test_legal_forms_articles_and_signs_make_no_other_name(typed: str) -> None:
    assert organisation_key(typed) == organisation_key("Foyer d’exemple")


def test_a_name_of_small_words_only_is_still_a_name() -> None:
    assert organisation_key("La Une et la Des") == "une"
    assert organisation_key("De la") == "de la"


def test_brackets_hold_another_name() -> None:
    assert names_in("Santé mentale (SMEX)") == ["Santé mentale (SMEX)", "Santé mentale", "SMEX"]


@pytest.mark.parametrize(("name", "letters"), [("Santé mentale et exclusion sociale", "smes"), ("Le Foyer", "")])
def test_initials_of_the_words_that_count(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize("typed", ["Maison d’exemple", "voorbeeldhuis vzw", "MDX", "maison des exemples", "Huis van vroeger"])
def test_an_organisation_is_known_by_each_of_its_names(typed: str) -> None:
    house = OrganisationFactory(name_fr="Maison d’exemple (MDX)", name_nl="Voorbeeldhuis")
    OrganisationNameFactory(organisation=house, name="La maison des exemples")
    OrganisationNameFactory(organisation=house, name="Huis van vroeger", kind=NameKind.FORMER)
    OrganisationFactory(name_fr="Autre chose", name_nl="Iets anders")
    assert known_organisation(typed) == house
    assert organisation_named(typed) == house


def test_what_two_may_mean_nobody_decides() -> None:
    for municipality in ("Ixelles", "Uccle"):
        OrganisationFactory(name_fr="Foyer", name_nl="", municipality=municipality)
    assert known_organisation("foyer") is None


def test_a_name_to_the_letter_goes_before_one_that_resembles() -> None:
    exact = OrganisationFactory(name_fr="Le Foyer", name_nl="")
    OrganisationFactory(name_fr="Foyer asbl", name_nl="")
    assert known_organisation("le foyer") == exact


def test_the_public_form_knows_listed_ones_only() -> None:
    OrganisationFactory(name_fr="Équipe cachée", name_nl="", is_listed=False)
    assert organisation_named("équipe cachée") is None
    assert known_organisation("équipe cachée") is not None


def test_a_former_name_suggests_the_present_one() -> None:
    house = OrganisationFactory(name_fr="Maison d’aujourd’hui", name_nl="")
    OrganisationNameFactory(organisation=house, name="Centre d’hier", kind=NameKind.FORMER)
    assert suggest_organisations("hier") == ["Maison d’aujourd’hui"]
