"""No person on the map."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cartography.validators import in_belgium, no_contact_inside, no_mobile, no_person


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    "address", ["jeanne.dupont@asbl.be", "an.van-der-berg@vzw.be", "j.dupont@asbl.be", "Marie-Claire.Durand@service.be"]
)
def test_an_address_that_names_a_person_is_refused_with_a_reason(address: str) -> None:
    with pytest.raises(ValidationError, match="services only"):
        no_person(address)


@pytest.mark.parametrize(
    "address",
    ["", "info@asbl.be", "accueil.namur@asbl.be", "equipe.mobile@asbl.be", "housing-first@smes.be", "smes@smes.be", "pair.aidance@x.be"],
)
def test_an_address_of_a_service_passes(address: str) -> None:
    no_person(address)


@pytest.mark.parametrize(
    "number", ["0475 12 34 56", "+32 475 12 34 56", "0032475123456", "0486/12.34.56", "+32 (0)498 12 34 56", "0495-123456"]
)
def test_a_mobile_number_is_refused_with_a_reason(number: str) -> None:
    with pytest.raises(ValidationError, match="mobile number"):
        no_mobile(number)


@pytest.mark.parametrize("number", ["", "02 512 34 56", "+32 2 512 34 56", "04 223 45 67", "081 22 33 44", "065/31.22.11", "0800 30 022"])
def test_a_number_of_an_office_passes(number: str) -> None:
    no_mobile(number)


def test_a_contact_hidden_in_a_sentence_is_found() -> None:
    for text in ("Appelez Jeanne au 0475 12 34 56.", "Écrivez à jeanne.dupont@asbl.be !"):
        with pytest.raises(ValidationError):
            no_contact_inside(text)
    no_contact_inside("Un accueil ouvert depuis 2004, de 9 à 12 h, info@asbl.be")


def test_swapped_numbers_are_recognised() -> None:
    in_belgium(50.85, 4.35)
    with pytest.raises(ValidationError, match="swapped"):
        in_belgium(4.35, 50.85)
    with pytest.raises(ValidationError, match="not lie in Belgium"):
        in_belgium(48.85, 2.35)
