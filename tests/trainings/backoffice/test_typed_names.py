"""Organisations as people typed them become known ones."""

import pytest
from django.test import Client

from core.models import Organisation
from tests.core.factories import OrganisationFactory
from tests.html import texts
from tests.trainings.factories import EnrolmentFactory
from trainings.enrolment.organisations import organisation_named
from trainings.models import Enrolment

pytestmark = pytest.mark.django_db

LIST = "/admin/trainings/typed-organisations/"


def typed(*names: str) -> None:
    for name in names:
        EnrolmentFactory(organisation_name=name)


def rows(client: Client) -> list[str]:
    return texts(client.get(LIST).content.decode(), "main tbody tr")


def test_spellings_of_one_name_are_one_line_with_what_it_may_mean(coordinator: Client) -> None:
    OrganisationFactory(name_fr="Maison d’exemples", name_nl="")
    typed("Maison d’exemple", "MAISON D'EXEMPLE asbl", "Maison d’exemple", "Ailleurs")
    assert rows(coordinator) == ["Maison d’exemple 3 Maison d’exemples", "Ailleurs 1 –"]


def test_taken_as_one_of_the_directory(coordinator: Client) -> None:
    house = OrganisationFactory(name_fr="Maison d’exemple", name_nl="")
    typed("La MDX", "mdx", "Ailleurs")
    assert "is this" in coordinator.get(f"{LIST}take/", {"name": "La MDX"}).content.decode()
    coordinator.post(f"{LIST}take/", {"name": "La MDX", "organisation": house.pk})
    assert sorted(Enrolment.objects.filter(organisation=house).values_list("organisation_name", flat=True)) == ["La MDX", "mdx"]
    assert organisation_named("MDX") == house
    assert rows(coordinator) == ["Ailleurs 1 –"]


def test_added_as_a_new_one_the_public_does_not_see(coordinator: Client) -> None:
    typed("Ailleurs")
    coordinator.post(f"{LIST}take/", {"name": "Ailleurs", "organisation": ""})
    made = Organisation.objects.get()
    assert (made.name_fr, made.is_listed) == ("Ailleurs", False)
    assert Enrolment.objects.get().organisation == made


def test_a_trainer_does_not_see_them(as_trainer: Client) -> None:
    assert as_trainer.get(LIST).status_code != 200
    assert as_trainer.post(f"{LIST}take/", {"name": "Ailleurs"}).status_code != 200
    assert not Organisation.objects.exists()
