"""Who may be known twice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.merging.likeness import Reason
from tests.core.factories import OrganisationFactory
from tests.trainings.factories import EnrolmentFactory, ParticipantFactory
from trainings.people.duplicates import find_people

pytestmark = pytest.mark.django_db


def person(name: str, email: str) -> int:
    return int(ParticipantFactory(name=name, email=email).pk)


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (("Élise Van Damme", "elise@example.org"), ("van damme elise", "e.vandamme@example.com"), {Reason.NAME}),
        (("Stéphanie Thijs", "st@example.org"), ("Stefanie Tys", "stefanie@example.com"), {Reason.SOUND}),
        (("Ana Maes", "ana@example.org"), ("A. M.", "ana+smes@example.org"), {Reason.MAILBOX}),
        (("Ana Maes", "ana.maes@gmail.com"), ("Maes", "anamaes@gmail.com"), {Reason.MAILBOX}),
        (("Ana Maes", "ana@gmail.com"), ("A. Maes", "ana@gmial.com"), {Reason.EMAIL}),
        (("Ana Maes", "ana@hopital.be"), ("A. Maes", "ana@hopitla.be"), {Reason.EMAIL}),
        (("Anna Maes", "anna.maes@example.org"), ("Anna Maes", "ana.maes@example.org"), {Reason.NAME, Reason.EMAIL}),
    ],
)
def test_one_person_twice(one: tuple[str, str], other: tuple[str, str], reasons: set[Reason]) -> None:
    first, second = person(*one), person(*other)
    person("Quelqu’un d’autre", "autre@example.net")
    [found] = find_people()
    assert (found.first, found.second, set(found.reasons)) == (first, second, reasons)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ana Maes", "ana1@example.org"), ("Eva Claes", "ana2@example.org")),
        (("Marie Dubois", "marie@example.org"), ("Mario Dubois", "mario@example.com")),
    ],
)
def test_colleagues_and_namesakes_are_others(one: tuple[str, str], other: tuple[str, str]) -> None:
    person(*one)
    person(*other)
    assert find_people() == []


def test_a_letters_difference_counts_where_both_work_at_one_place() -> None:
    house = OrganisationFactory()
    for name in ("Marie Dubois", "Mario Dubois"):
        EnrolmentFactory(participant__name=name, organisation=house)
    [found] = find_people()
    assert found.reasons == (Reason.SLIP, Reason.ORGANISATION)


def test_the_likeliest_stand_first() -> None:
    person("Ana Maes", "ana@example.org")
    person("Ana Maes", "ana+1@example.org")
    person("Maes Ana", "elsewhere@example.com")
    assert [len(each.reasons) for each in find_people()] == [2, 1, 1]


def test_many_people_cost_no_more_queries() -> None:
    for number in range(30):
        EnrolmentFactory(participant__name=f"Personne {number}")
    with CaptureQueriesContext(connection) as queries:
        find_people()
    assert len(queries) == 2
