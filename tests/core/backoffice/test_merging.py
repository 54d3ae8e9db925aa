"""The screens of what is known twice: who may see them, what they show, what their buttons do."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.models import KeptApart, Merge, Organisation
from tests.core.factories import MergeFactory, OrganisationFactory, OrganisationNameFactory
from tests.core.people import browser_of, member
from tests.html import text, texts
from tests.trainings.factories import CertificateFactory, EnrolmentFactory, InterestFactory, ParticipantFactory
from tests.versions import Tab
from trainings.models import Participant
from trainings.people.merge import merge_people

pytestmark = pytest.mark.django_db

LIST = "/admin/trainings/participants/known-twice/"


@pytest.fixture
def coordinator() -> Client:
    return browser_of(member("Coordinator"))


@pytest.fixture
def pair() -> tuple[Participant, Participant]:
    """Two that are one; on the first hangs a certificate, on the second a wish."""
    one, other = (
        ParticipantFactory(name="Élise Maes", email="elise@example.org"),
        ParticipantFactory(name="Maes Elise", email="em@example.com"),
    )
    CertificateFactory(enrolment=EnrolmentFactory(participant=one, function="infirmière"))
    InterestFactory(email=other.email)
    return one, other


def compare(pair: tuple[Participant, Participant]) -> str:
    return reverse("trainings_participants:compare", args=[each.pk for each in pair])


def test_from_the_list_to_one_person(coordinator: Client, pair: tuple[Participant, Participant]) -> None:
    one, _other = pair
    assert "Known twice" in coordinator.get("/admin/trainings/participants/").content.decode()
    assert texts(coordinator.get(LIST).content.decode(), "main .smes-lines li")[0].endswith("same name")
    page = coordinator.get(compare(pair)).content.decode()
    rows = texts(page, ".smes-side-by-side tbody tr")
    assert "E-mail address ≠ elise@example.org em@example.com" in rows
    assert any(row.startswith("Certificates 1 Accueillir et écouter") and row.endswith(" 0") for row in rows)
    assert any(row.startswith("Wishes to hear of a date 0 1 ") for row in rows)
    answer = coordinator.post(compare(pair), {"keep": one.pk}, follow=True)
    assert "For 30 days" in answer.content.decode()
    assert list(Participant.objects.all()) == [one]
    assert "Maes Elise → Élise Maes" in " ".join(texts(answer.content.decode(), "main .smes-lines li"))
    entry = ModelLogEntry.objects.get(action="core.merge")
    assert entry.label == f"participant {one.pk}", "the log names nobody"
    assert entry.user is not None


def test_two_places_in_one_session_are_said_before(coordinator: Client, pair: tuple[Participant, Participant]) -> None:
    session = EnrolmentFactory(participant=pair[0]).session
    EnrolmentFactory(participant=pair[1], session=session)
    assert f"Both are in “{session.name}”" in coordinator.get(compare(pair)).content.decode()


def test_undone_from_the_page_of_the_person(coordinator: Client, pair: tuple[Participant, Participant]) -> None:
    one, other = pair
    merge = merge_people(keep=one, remove=other, now=timezone.now(), by=None)
    undo = reverse("trainings_participants:undo_merge", args=[merge.pk])
    assert undo in coordinator.get(reverse("trainings_participants:inspect", args=[one.pk])).content.decode()
    assert "em@example.com" in coordinator.get(undo).content.decode()
    coordinator.post(undo)
    assert Participant.objects.count() == 2
    assert ModelLogEntry.objects.filter(action="core.undo_merge").exists()
    again = coordinator.post(undo)
    assert again.status_code == 422
    assert "undone already" in again.content.decode()


def test_not_the_same_is_remembered(coordinator: Client, pair: tuple[Participant, Participant]) -> None:
    coordinator.post(reverse("trainings_participants:keep_apart", args=[pair[1].pk, pair[0].pk]))
    assert KeptApart.objects.get().first_id == pair[0].pk
    assert texts(coordinator.get(LIST).content.decode(), "main .smes-lines li")[0] == "Nothing found."


def test_one_the_site_did_not_find_is_looked_for(coordinator: Client, pair: tuple[Participant, Participant]) -> None:
    hidden = ParticipantFactory(name="Tout autrement", email="autrement@example.net")
    url = reverse("trainings_participants:partners", args=[pair[0].pk])
    assert "Maes Elise" in coordinator.get(url).content.decode()
    found = coordinator.get(url, {"q": "autrement"}).content.decode()
    assert compare((pair[0], hidden)) in found
    assert "Nobody and nothing" in coordinator.get(url, {"q": "zzz"}).content.decode()


def test_one_of_the_two_has_to_be_chosen(coordinator: Client, pair: tuple[Participant, Participant]) -> None:
    for keep in ("", "999999"):
        assert coordinator.post(compare(pair), {"keep": keep}).status_code == 422
    assert coordinator.get(compare((pair[0], pair[0]))).status_code != 200
    assert not Merge.objects.exists()


@pytest.mark.parametrize("group", ["Trainer", "Map", "Publications"])
def test_others_neither_see_nor_merge(group: str, pair: tuple[Participant, Participant]) -> None:
    client = browser_of(member(group))
    for url in (LIST, compare(pair), "/admin/organisations/known-twice/"):
        assert client.get(url).status_code != 200
    client.post(compare(pair), {"keep": pair[0].pk})
    assert Participant.objects.count() == 2


def test_who_may_merge_but_sees_no_people_merges_none(pair: tuple[Participant, Participant]) -> None:
    user = member("Map")
    user.user_permissions.add(Permission.objects.get(codename="add_merge"))
    client = browser_of(user)
    assert client.get("/admin/organisations/known-twice/").status_code == 200
    assert client.get(LIST).status_code != 200


def test_organisations_are_found_by_any_name_and_show_what_hangs_on_them(coordinator: Client) -> None:
    house = OrganisationFactory(name_fr="Maison d’exemple")
    OrganisationNameFactory(organisation=house, name="Centre d’hier", kind="former")
    EnrolmentFactory(organisation=house)
    OrganisationFactory(name_fr="Autre chose")
    listing = coordinator.get("/admin/organisations/", {"q": "hier"}).content.decode()
    assert "Maison d’exemple" in listing
    assert "Autre chose" not in listing
    page = coordinator.get(reverse("core_organisations:inspect", args=[house.pk])).content.decode()
    assert "Centre d’hier (former name)" in page
    assert "1 enrolments" in text(page, "main dl")


def test_an_organisation_gets_another_name_in_its_form(coordinator: Client) -> None:
    house = OrganisationFactory(sector=None)
    tab = Tab(coordinator, reverse("core_organisations:edit", args=[house.pk]))
    tab.save(**{"other_names-TOTAL_FORMS": "1", "other_names-0-kind": "acronym", "other_names-0-name": "MDX"})
    assert [each.name for each in Organisation.objects.get().other_names.all()] == ["MDX"]


def test_many_pairs_cost_no_more_queries(coordinator: Client) -> None:
    MergeFactory()
    OrganisationFactory.create_batch(2, name_fr="Foyer", name_nl="")
    url = "/admin/organisations/known-twice/"
    coordinator.get(url)
    with CaptureQueriesContext(connection) as few:
        coordinator.get(url)
    OrganisationFactory.create_batch(6, name_fr="Foyer", name_nl="")
    with CaptureQueriesContext(connection) as many:
        coordinator.get(url)
    assert len(many) == len(few) <= 45
