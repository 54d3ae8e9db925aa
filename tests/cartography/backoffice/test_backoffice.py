"""The map editor at work."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cartography.backoffice.forms import PlaceAdminForm
from cartography.enums import PlaceStatus, SubmissionKind, SubmissionStatus
from cartography.models import Place, PlaceImport, PlaceImportRow, Submission
from cartography.places.data import PlaceData
from core.models import OutgoingMail
from tests.cartography.backoffice.pages import act, form_of, page
from tests.cartography.factories import PlaceFactory, SubmissionFactory
from tests.core.factories import SectorFactory
from tests.core.mailing import work_off
from tests.html import texts

pytestmark = pytest.mark.django_db


class TestListing:
    @pytest.fixture(autouse=True)
    def places(self) -> None:
        PlaceFactory(name_fr="Fraîche")
        PlaceFactory(name_fr="Vieille", checked_on="2020-01-01", practices=["volunteer"])
        PlaceFactory(name_fr="Incertaine", is_draft=True, is_location_verified=False, checked_on=None, checked_by="", region="03000")

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ({}, {"Fraîche", "Vieille", "Incertaine"}),
            ({"status": "draft"}, {"Incertaine"}),
            ({"age": "look"}, {"Vieille"}),
            ({"age": "never"}, {"Incertaine"}),
            ({"age": "fresh"}, {"Fraîche"}),
            ({"region": "03000"}, {"Incertaine"}),
            ({"verified": "no"}, {"Incertaine"}),
            ({"practice": "volunteer"}, {"Vieille"}),
            ({"example": "yes"}, set()),
            ({"q": "frai"}, set()),
            ({"q": "Vieil"}, {"Vieille"}),
        ],
    )
    def test_filters_find(self, map_editor: Client, query: dict[str, str], names: set[str]) -> None:
        html = page(map_editor, "cartography_places:index", **query)
        assert {name for name in ("Fraîche", "Vieille", "Incertaine") if f'_title">{name}</span>' in html} == names

    def test_an_unverified_municipality_is_marked_here_and_never_in_public(self, map_editor: Client) -> None:
        assert "not verified" in page(map_editor, "cartography_places:index")
        Place.objects.update(status=PlaceStatus.PUBLISHED, published_at="2026-01-01T00:00Z")
        assert "not verified" not in map_editor.get("/en/peer-support/print/").content.decode()

    def test_a_long_listing_costs_no_more_queries(self, map_editor: Client) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                page(map_editor, "cartography_places:index")
            return len(captured)

        count()
        few = count()
        for _index in range(12):
            PlaceFactory()
        assert count() == few <= 45

    def test_the_export_is_a_spreadsheet_without_secrets(self, map_editor: Client) -> None:
        response = map_editor.get(reverse("cartography_places:index"), {"export": "xlsx"})
        assert "spreadsheetml" in response["Content-Type"]


class TestForm:
    def test_a_place_is_made_as_a_draft(self, map_editor: Client) -> None:
        typed = {
            "name_fr": "Maison du Tilleul",
            "sector": SectorFactory().pk,
            "practices": ["employed"],
            "municipality": "Schaarbeek",
            "precision": "address",
            "street": "Rue de l’Exemple 12",
            "lat": "50.86",
            "lon": "4.37",
            "provenance": "smes",
        }
        response = map_editor.post(reverse("cartography_places:add"), typed)
        place = Place.objects.get()
        assert response["Location"] == reverse("cartography_places:inspect", args=[place.pk])
        assert (place.status, place.nis, place.lat, place.transitions.count()) == (PlaceStatus.DRAFT, "21015", 50.86, 1)

    def test_a_change_is_written_by_the_service_and_logged(self, map_editor: Client) -> None:
        place = PlaceFactory(is_exact=True)
        map_editor.post(
            reverse("cartography_places:edit", args=[place.pk]),
            form_of(map_editor, place) | {"phone": "02 512 00 00", "internal_note": "x"},
        )
        changed = Place.objects.get()
        assert (changed.phone, changed.internal_note, changed.lat, changed.name_nl) == ("02 512 00 00", "x", place.lat, place.name_nl)
        assert "02 512 00 00" not in page(map_editor, "cartography_places:history", place.pk)

    @pytest.mark.parametrize(
        ("typed", "reason"),
        [
            ({"email": "jeanne.dupont@asbl.be"}, "services only"),
            ({"phone": "0475 12 34 56"}, "mobile number"),
            ({"municipality": "Atlantis"}, "no such municipality"),
            ({"municipality": "1040"}, "Etterbeek"),
            ({"lat": "4.35", "lon": "50.85"}, "swapped"),
            ({"lat": "50.85", "lon": ""}, "both numbers"),
            ({"precision": "municipality", "street": "Rue cachée 1"}, "give it away"),
        ],
    )
    def test_what_cannot_stand_is_refused_with_a_reason(self, map_editor: Client, typed: dict[str, str], reason: str) -> None:
        place = PlaceFactory()
        html = map_editor.post(reverse("cartography_places:edit", args=[place.pk]), form_of(map_editor, place) | typed).content.decode()
        assert reason in html
        place.refresh_from_db()
        assert place.checked_by

    def test_the_fields_stand_in_sections_and_none_is_forgotten(self, map_editor: Client) -> None:
        for html in (page(map_editor, "cartography_places:add"), page(map_editor, "cartography_places:edit", PlaceFactory().pk)):
            headings = ("Name", "How peers take part", "What peers do there", "Contact", "Where in Belgium", "For the team")
            at = [html.index(f'id="place-section-{number}-heading"') for number, _heading in enumerate(headings, start=1)]
            assert at == sorted(at)
            assert at[4] < html.index("data-smes-point") < at[5], "the map stands below the numbers it sets"
            assert {name for name in PlaceAdminForm().fields if f'name="{name}"' not in html} == set()

    def test_a_place_checked_a_minute_ago_is_checked_today_and_not_eight_hours_ago(self, map_editor: Client) -> None:
        place = PlaceFactory(checked_on=None, checked_by="")
        with time_machine.travel("2026-11-24 08:01:00+01:00"):
            map_editor.post(reverse("cartography_backoffice:check_place", args=[place.pk]))
            html = page(map_editor, "cartography_places:index")
        assert "Tue 24 November 2026" in html
        assert "ago" not in html

    def test_the_map_of_the_form_is_our_own(self, map_editor: Client) -> None:
        html = page(map_editor, "cartography_places:edit", PlaceFactory().pk)
        assert "data-smes-point" in html
        assert not re.search(r"(?:openstreetmap|googleapis|tile)", html)


def logged() -> list[tuple[str, int, bool]]:
    """What Wagtail's log says: the action, on which place, and whether it knows who did it."""
    return sorted((entry.action, int(entry.object_id), entry.user_id is not None) for entry in ModelLogEntry.objects.all())


class TestSteps:
    @pytest.mark.parametrize(
        ("step", "was", "becomes"),
        [
            ("publish_place", "draft", "published"),
            ("check_place", "to_confirm", "published"),
            ("withdraw_place", "published", "withdrawn"),
            ("reopen_place", "withdrawn", "draft"),
        ],
    )
    def test_get_shows_and_post_acts(self, map_editor: Client, step: str, was: str, becomes: str) -> None:
        place = PlaceFactory(status=was)
        page(map_editor, f"cartography_backoffice:{step}", place.pk)
        place.refresh_from_db()
        assert place.status == was
        act(map_editor, step, place.pk, reason="fermé")
        place.refresh_from_db()
        assert place.status == becomes
        assert logged() == [(f"cartography.{step}", place.pk, True)]

    def test_the_history_tells_who_and_why(self, map_editor: Client) -> None:
        place = PlaceFactory()
        act(map_editor, "withdraw_place", place.pk, reason="Fermé en mai")
        html = page(map_editor, "cartography_places:inspect", place.pk)
        assert "Fermé en mai" in html

    @pytest.mark.parametrize(("action", "becomes"), [("publish", "published"), ("withdraw", "withdrawn"), ("check", "draft")])
    def test_several_at_once(self, map_editor: Client, action: str, becomes: str) -> None:
        places = [PlaceFactory(is_draft=True) for _index in range(3)]
        other = PlaceFactory(is_draft=True)
        url = reverse("wagtail_bulk_action", args=["cartography", "place", action]) + "?" + "&".join(f"id={place.pk}" for place in places)
        assert map_editor.get(url).status_code == 200
        assert set(Place.objects.values_list("status", flat=True)) == {"draft"}
        map_editor.post(url, {"reason": "fermés"} if action == "withdraw" else {})
        assert [Place.objects.get(pk=place.pk).status for place in places] == [becomes] * 3
        other.refresh_from_db()
        assert other.status == PlaceStatus.DRAFT
        assert logged() == [(f"cartography.{action}_place", place.pk, True) for place in places]


class TestQueue:
    @pytest.fixture(autouse=True)
    def sector(self) -> None:
        SectorFactory(slug="homeless", name_en="Homeless help")

    def test_what_is_to_decide_comes_first(self, map_editor: Client) -> None:
        SubmissionFactory(
            status=SubmissionStatus.REFUSED, decided_at="2026-01-01T00:00Z", values={"name_fr": "Réglée"}, created_at="2025-01-01T00:00Z"
        )
        SubmissionFactory(values={"name_fr": "À décider"})
        html = page(map_editor, "cartography_queue:index")
        assert html.index("À décider") < html.index("Réglée")

    def test_a_double_is_flagged(self, map_editor: Client) -> None:
        place = PlaceFactory(name_fr="Maison proposée", name_nl="")
        html = page(map_editor, "cartography_queue:inspect", SubmissionFactory().pk)
        assert "Perhaps on the map already" in html
        assert reverse("cartography_places:inspect", args=[place.pk]) in html

    def test_an_edit_shows_what_would_change_and_only_that(self, map_editor: Client) -> None:
        place = PlaceFactory(phone="02 512 00 00")
        values = PlaceData.of(place).as_json() | {"phone": "02 513 00 00", "practices": ["volunteer"]}
        html = page(map_editor, "cartography_queue:inspect", SubmissionFactory(kind=SubmissionKind.EDIT, place=place, values=values).pk)
        before, after = texts(html, "del"), texts(html, "ins")
        assert {"02 512 00 00", "paid peer workers"} <= set(before)
        assert "02 513 00 00" in after
        assert len(after) == 2

    def test_a_proposal_is_put_on_the_map(self, map_editor: Client) -> None:
        sent = SubmissionFactory()
        page(map_editor, "cartography_backoffice:accept", sent.pk)
        assert not Place.objects.exists()
        act(map_editor, "accept", sent.pk, note="Merci")
        assert Place.objects.get().status == PlaceStatus.PUBLISHED
        assert Submission.objects.get().decided_by is not None

    def test_a_refusal_tells_its_reason(self, map_editor: Client) -> None:
        act(map_editor, "refuse", SubmissionFactory().pk, note="Déjà sur la carte.")
        assert "Déjà sur la carte." in OutgoingMail.objects.get().text
        assert not Place.objects.exists()

    def test_decided_is_decided(self, map_editor: Client) -> None:
        sent = SubmissionFactory()
        act(map_editor, "refuse", sent.pk, note="")
        assert "decided already" in act(map_editor, "accept", sent.pk, note="").content.decode()


class TestImport:
    FILE = b"name_fr,sector,practices,municipality\nMaison du Tilleul,mental,employed,Schaarbeek\nPerdue,mental,employed,Atlantis\n"

    def send(self, map_editor: Client, content: bytes = FILE) -> str:
        """Brings a file, has the worker look at it, and opens its page."""
        SectorFactory(slug="mental")
        response = map_editor.post(reverse("cartography_imports:add"), {"file": SimpleUploadedFile("liste.csv", content)})
        if response.status_code == 200:
            return str(response.content.decode())
        html = map_editor.get(response["Location"]).content.decode()
        assert "0 of 2 rows" in html
        work_off()
        return str(map_editor.get(response["Location"]).content.decode())

    def press(self, map_editor: Client, name: str, **typed: str) -> str:
        path = reverse(f"cartography_backoffice:{name}", args=[PlaceImport.objects.get().pk])
        return str(map_editor.post(path, typed, follow=True).content.decode())

    def test_a_dry_run_reports_each_row_and_writes_nothing(self, map_editor: Client) -> None:
        html = self.send(map_editor)
        assert "new place" in html
        assert "Atlantis" in html
        assert not Place.objects.exists()

    def test_the_run_writes_drafts(self, map_editor: Client) -> None:
        self.send(map_editor)
        page = map_editor.get(reverse("cartography_backoffice:begin_import", args=[PlaceImport.objects.get().pk])).content.decode()
        assert "1 places are added as drafts" in page
        self.press(map_editor, "begin_import")
        work_off()
        assert Place.objects.get().status == PlaceStatus.DRAFT
        assert "not waiting for you any more" in self.press(map_editor, "begin_import")

    def test_a_likely_duplicate_is_decided_by_a_person(self, map_editor: Client) -> None:
        PlaceFactory(name_fr="La Maison du Tilleul asbl", name_nl="")
        html = self.send(map_editor)
        assert "Looks like “La Maison du Tilleul asbl”" in html
        assert 'name="row_2"' in html
        assert "Your decisions are kept" in self.press(map_editor, "decide_rows", row_2="new", row_9="same", row_x="new", p="1")
        self.press(map_editor, "begin_import")
        work_off()
        assert Place.objects.count() == 2

    def test_a_file_can_be_forgotten(self, map_editor: Client) -> None:
        self.send(map_editor)
        self.press(map_editor, "cancel_import")
        assert not PlaceImportRow.objects.exists()
        assert "not waiting for you any more" in self.press(map_editor, "decide_rows", row_2="new")

    def test_what_is_no_list_is_told(self, map_editor: Client) -> None:
        for content, words in ((b"\x89PNG\r\n", "names its columns"), (b"", "empty"), (b"nom;commune\n", "no row below")):
            response = map_editor.post(reverse("cartography_imports:add"), {"file": SimpleUploadedFile("photo.csv", content)})
            assert words in response.content.decode()
        assert not PlaceImport.objects.exists()


class TestFigures:
    def test_they_count_what_readers_see(self, map_editor: Client) -> None:
        PlaceFactory()
        PlaceFactory(is_draft=True)
        html = page(map_editor, "cartography_backoffice:statistics")
        assert "1 place readers can see" in html
        assert len(texts(html, "table.admin-bars")) == 3

    def test_the_dashboard_shows_what_waits(self, map_editor: Client, coordinator: Client) -> None:
        SubmissionFactory()
        PlaceFactory(checked_on="2020-01-01")
        html = page(map_editor, "wagtailadmin_home")
        assert "1 message to decide" in html
        assert "more than 18 months ago" in html
        assert "message to decide" not in page(coordinator, "wagtailadmin_home")


class TestDoors:
    """Every endpoint is checked in tests/crawl; here: a colleague with rights in another app."""

    @pytest.mark.parametrize("name", ["publish_place", "check_place", "withdraw_place", "reopen_place", "accept", "refuse"])
    def test_a_coordinator_of_trainings_does_not_touch_the_map(self, coordinator: Client, name: str) -> None:
        key = (SubmissionFactory() if name in {"accept", "refuse"} else PlaceFactory()).pk
        url = reverse(f"cartography_backoffice:{name}", args=[key])
        for method in ("get", "post"):
            response = getattr(coordinator, method)(url)
            assert response.status_code in {302, 403}
            assert response.get("Location", "/admin/") == "/admin/"

    def test_bulk_actions_ask_for_the_right_too(self, coordinator: Client) -> None:
        place = PlaceFactory()
        coordinator.post(reverse("wagtail_bulk_action", args=["cartography", "place", "withdraw"]) + f"?id={place.pk}")
        place.refresh_from_db()
        assert place.status == PlaceStatus.PUBLISHED
