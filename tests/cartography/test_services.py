"""A place moves from one status to the next; what people send is decided once; the database holds the rest."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cartography.enums import PLACE_TRANSITIONS, PlaceStatus, Proposer, Provenance, SubmissionKind, SubmissionStatus
from cartography.geo.drawing import BELGIUM, BRUSSELS, basemap_json, basemap_svg, bubbles, marker
from cartography.models import Place, Submission
from cartography.places import services as services
from cartography.places.data import CannotPlace, Notes, PlaceData
from cartography.places.duplicates import possible_duplicates
from cartography.submissions.services import CannotDecide, accept_submission, refuse_submission
from core.lifecycle.transitions import TransitionNotAllowed
from core.models import OutgoingMail, Sector, User
from tests.cartography.factories import PlaceFactory, SubmissionFactory
from tests.core.factories import SectorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def map_editor() -> User:
    made: User = UserFactory()
    return made


def data(**fields: Any) -> PlaceData:
    """What is said of a plain place."""
    if not Sector.objects.filter(slug="homeless").exists():
        SectorFactory(slug="homeless")
    plain = {"name_fr": "Maison du Tilleul", "sector": "homeless", "practices": ["employed"], "nis": "21015", "postal_code": "1030"}
    return PlaceData(**plain | fields)


class TestPlaces:
    def test_a_new_place_is_a_draft_at_the_point_of_its_municipality(self, now: datetime.datetime, map_editor: User) -> None:
        place = services.create_place(data=data(), notes=Notes(), now=now, by=map_editor)
        assert (place.status, place.region, place.slug) == (PlaceStatus.DRAFT, "04000", "maison-du-tilleul")
        assert (round(place.lat, 2), round(place.lon, 2)) == (50.87, 4.37)
        assert place.transitions.get().by == map_editor

    def test_two_places_of_one_name_have_two_addresses(self, now: datetime.datetime) -> None:
        slugs = [services.create_place(data=data(), notes=Notes(), now=now).slug for _time in range(3)]
        assert slugs == ["maison-du-tilleul", "maison-du-tilleul-2", "maison-du-tilleul-3"]

    def test_a_place_shown_by_its_municipality_loses_street_and_point(self, now: datetime.datetime) -> None:
        place = services.create_place(data=data(street="Rue cachée 1", lat=50.9, lon=4.4), notes=Notes(), now=now)
        assert (place.street, place.lat) == ("", 50.8676)

    def test_what_does_not_exist_cannot_be_placed(self, now: datetime.datetime) -> None:
        for wrong in ({"nis": "99999"}, {"sector": "astrology"}):
            with pytest.raises(CannotPlace):
                services.create_place(data=data(**wrong), notes=Notes(), now=now)

    @pytest.mark.parametrize("was", PlaceStatus.values)
    @pytest.mark.parametrize("step", ["publish_place", "withdraw_place", "reopen_place"])
    def test_only_the_arrows_of_the_table_exist(self, now: datetime.datetime, was: str, step: str) -> None:
        to = {"publish_place": "published", "withdraw_place": "withdrawn", "reopen_place": "draft"}[step]
        place = PlaceFactory(status=was)
        if to == was or to in PLACE_TRANSITIONS[was]:
            assert getattr(services, step)(place=place, now=now).status == to
        else:
            with pytest.raises(TransitionNotAllowed):
                getattr(services, step)(place=place, now=now)

    def test_to_publish_is_not_to_check(self, now: datetime.datetime) -> None:
        place = PlaceFactory(is_draft=True, checked_on=None, checked_by="")
        assert services.publish_place(place=place, now=now).checked_on is None

    def test_a_new_address_of_the_service_gets_a_new_link(self, now: datetime.datetime) -> None:
        place = PlaceFactory()
        token = place.token
        services.change_place(place=place, data=PlaceData.from_json(PlaceData.of(place).as_json() | {"phone": "02 512 00 00"}))
        assert Place.objects.get().token == token
        services.change_place(place=place, data=PlaceData.from_json(PlaceData.of(place).as_json() | {"email": "neuf@x.example.org"}))
        assert Place.objects.get().token != token


class TestDatabase:
    @pytest.mark.parametrize(
        "fields",
        [
            {"lat": 4.35, "lon": 50.85},
            {"street": "Rue cachée 1", "precision": "municipality"},
            {"checked_by": ""},
            {"published_at": None},
        ],
        ids=["swapped point", "a street to hide", "checked by nobody", "visible since never"],
    )
    def test_what_must_not_be_is_refused(self, fields: dict[str, Any]) -> None:
        place = PlaceFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            Place.objects.filter(pk=place.pk).update(**fields)

    def test_a_decision_has_its_day(self) -> None:
        sent = SubmissionFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.filter(pk=sent.pk).update(status=SubmissionStatus.ACCEPTED)


class TestDecisions:
    @pytest.fixture(autouse=True)
    def sector(self) -> None:
        SectorFactory(slug="homeless")

    def test_an_accepted_proposal_is_on_the_map_and_its_sender_hears_of_it(self, now: datetime.datetime, map_editor: User) -> None:
        sent = SubmissionFactory(email="voisine@example.org")
        place = accept_submission(submission=sent, now=now, by=map_editor, note="Bienvenue !")
        assert place is not None
        assert place.status == PlaceStatus.PUBLISHED
        mail = OutgoingMail.objects.get()
        assert mail.to == "voisine@example.org"
        assert "Bienvenue !" in mail.text
        assert place.slug in mail.text

    @pytest.mark.parametrize(
        ("email", "proposer", "knows"),
        [
            ("accueil@tilleul.example.org", Proposer.SERVICE, True),
            ("direction@tilleul.example.org", Proposer.SERVICE, True),
            ("Direction@Tilleul.example.org", Proposer.SERVICE, True),
            ("direction@example.org", Proposer.SERVICE, True),
            ("direction@xtilleul.example.org", Proposer.SERVICE, False),
            ("tilleul@gmail.example", Proposer.SERVICE, False),
            ("accueil@tilleul.example.org", Proposer.VISITOR, False),
            ("accueil@tilleul.example.org", "", False),
        ],
    )
    def test_only_a_service_known_by_its_address_is_said_to_have_told_and_checked(
        self, now: datetime.datetime, map_editor: User, email: str, proposer: str, knows: bool
    ) -> None:
        own = {"email": "accueil@tilleul.example.org", "website": "https://www.tilleul.example.org/"}
        sent = SubmissionFactory(email=email, proposer=proposer, values=SubmissionFactory.build().values | own)
        place = accept_submission(submission=sent, now=now, by=map_editor)
        assert place is not None
        assert place.status == PlaceStatus.PUBLISHED
        assert place.provenance == (Provenance.ORGANISATION if knows else Provenance.PROPOSAL)
        assert (place.checked_by, bool(place.checked_on)) == (("organisation", True) if knows else ("", False))

    def test_a_word_alone_and_an_address_nobody_confirmed_prove_nothing(self) -> None:
        own = {"email": "accueil@tilleul.example.org"}
        assert not SubmissionFactory(email=own["email"], proposer=Proposer.SERVICE, values=own, confirmed_at=None).is_from_service
        assert not SubmissionFactory(email="", proposer=Proposer.SERVICE, values={"email": ""}).is_from_service

    def test_an_accepted_edit_changes_what_it_says_and_nothing_else(self, now: datetime.datetime, map_editor: User) -> None:
        place = PlaceFactory(phone="02 512 00 00")
        values = PlaceData.of(place).as_json() | {"phone": "02 513 00 00"}
        sent = SubmissionFactory(kind=SubmissionKind.EDIT, place=place, values=values)
        accept_submission(submission=sent, now=now, by=map_editor)
        changed = Place.objects.get()
        assert (changed.phone, changed.name_fr, changed.slug) == ("02 513 00 00", place.name_fr, place.slug)

    def test_a_report_changes_nothing_by_itself(self, now: datetime.datetime, map_editor: User) -> None:
        place = PlaceFactory()
        accept_submission(
            submission=SubmissionFactory(kind=SubmissionKind.REPORT, place=place, values={}, email=""), now=now, by=map_editor
        )
        assert Place.objects.get().status == PlaceStatus.PUBLISHED
        assert not OutgoingMail.objects.exists()

    def test_nothing_is_decided_twice_or_before_it_is_confirmed(self, now: datetime.datetime, map_editor: User) -> None:
        sent = SubmissionFactory()
        refuse_submission(submission=sent, now=now, by=map_editor)
        early = SubmissionFactory(status=SubmissionStatus.UNCONFIRMED, confirmed_at=None)
        for each in (sent, early):
            with pytest.raises(CannotDecide):
                accept_submission(submission=each, now=now, by=map_editor)
        assert not Place.objects.exists()


class TestDuplicates:
    def test_a_like_name_nearby_is_flagged_and_another_is_not(self) -> None:
        same = PlaceFactory(name_fr="La Maison du Tilleul asbl", name_nl="")
        PlaceFactory(name_fr="Club des Marronniers", name_nl="")
        assert possible_duplicates({"name_fr": "Maison du Tileul", "nis": "21015"}) == [same]

    def test_the_same_name_elsewhere_is_flagged_a_like_one_is_not(self) -> None:
        same = PlaceFactory(name_fr="Maison du Tilleul", name_nl="", nis="92094", region="03000")
        assert possible_duplicates({"name_fr": "Maison du Tilleul", "nis": "21015"}) == [same]
        assert possible_duplicates({"name_fr": "Maison du Trèfle", "nis": "21015"}) == []

    def test_the_same_address_or_site_is_flagged(self) -> None:
        place = PlaceFactory(name_fr="Un", name_nl="", email="info@x.example.org", website="https://www.x.example.org/")
        assert possible_duplicates({"name_fr": "Deux", "nis": "1", "email": "info@x.example.org"}) == [place]
        assert possible_duplicates({"name_fr": "Deux", "nis": "21015", "website": "http://x.example.org"}) == [place]
        assert possible_duplicates({"name_fr": "Un", "nis": "21015"}, besides=place.pk) == []


class TestDrawing:
    def test_the_files_of_the_basemap_are_what_the_data_gives(self, root: Any) -> None:
        assert (root / "static/map/belgium.svg").read_text("utf-8") == basemap_svg()
        assert (root / "static/map/basemap.json").read_text("utf-8") == basemap_json()

    def test_brussels_is_drawn_beside_the_country(self) -> None:
        capital = marker(50.8466, 4.3517, "04000")
        assert capital["is_capital"]
        assert BRUSSELS.left < capital["x"] < BRUSSELS.left + BRUSSELS.width
        assert BRUSSELS.top < capital["y"] < BRUSSELS.top + BRUSSELS.height
        assert not marker(50.4669, 4.8675, "03000")["is_capital"]

    def test_neighbours_join_in_one_dot(self) -> None:
        dots = [
            PlaceFactory.build(sector=None),
            PlaceFactory.build(sector=None),
            PlaceFactory.build(sector=None, lat=49.68, lon=5.81, region="03000"),
        ]
        drawn = bubbles(dots)
        assert [bubble.count for bubble in drawn] == [2, 1]
        assert drawn[0].radius > drawn[1].radius
        assert all(0 < bubble.x < BELGIUM.width for bubble in drawn)
