"""A moderator decides: what she sees first, what happens, who hears of it, and what she cannot undo by mistake."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from cartography.backoffice.submissions.diff import differences
from cartography.enums import PlaceStatus, SubmissionKind, SubmissionStatus
from cartography.models import Place, Submission
from cartography.places.data import PlaceData
from core.models import OutgoingMail
from tests.cartography.backoffice.conftest import browser_of
from tests.cartography.backoffice.pages import act, form_of, page
from tests.cartography.factories import PlaceFactory, SubmissionFactory
from tests.core.factories import SectorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sector() -> None:
    SectorFactory(slug="homeless", name_en="Homeless help")


def edit_of(place: Place, **changes: Any) -> Submission:
    made: Submission = SubmissionFactory(
        kind=SubmissionKind.EDIT, place=place, values=PlaceData.of(place).as_json() | changes, email=place.email
    )
    return made


class TestBeforeDeciding:
    def test_a_look_decides_nothing(self, map_editor: Client) -> None:
        sent = SubmissionFactory()
        for name in ("accept", "refuse"):
            assert "gets a mail" in page(map_editor, f"cartography_backoffice:{name}", sent.pk)
        sent.refresh_from_db()
        assert sent.status == SubmissionStatus.OPEN

    def test_who_left_no_address_is_said_to_hear_nothing(self, map_editor: Client) -> None:
        sent = SubmissionFactory(kind=SubmissionKind.REPORT, place=PlaceFactory(), values={}, email="")
        assert "nobody gets a mail" in page(map_editor, "cartography_backoffice:accept", sent.pk)

    def test_an_address_that_must_be_placed_is_said_to(self, map_editor: Client) -> None:
        exact = SubmissionFactory(values=SubmissionFactory.build().values | {"precision": "address", "street": "Rue Neuve 1"})
        assert "Point to be placed" in page(map_editor, "cartography_queue:inspect", exact.pk)
        assert "until you place it" in page(map_editor, "cartography_backoffice:accept", exact.pk)
        vague = SubmissionFactory()
        assert "Point to be placed" not in page(map_editor, "cartography_queue:inspect", vague.pk)
        assert "until you place it" not in page(map_editor, "cartography_backoffice:accept", vague.pk)

    def test_a_report_is_not_accepted_but_dealt_with(self, map_editor: Client) -> None:
        sent = SubmissionFactory(kind=SubmissionKind.REPORT, place=PlaceFactory(), values={}, reason="gone", comment="Fermé depuis mai.")
        html = page(map_editor, "cartography_queue:inspect", sent.pk)
        assert "Dealt with" in html
        assert "This place does not exist any more" in html
        assert "Fermé depuis mai." in html

    def test_what_is_decided_offers_no_second_decision(self, map_editor: Client) -> None:
        sent = SubmissionFactory(status=SubmissionStatus.REFUSED, decided_at="2026-01-01T00:00Z", decision_note="Hors sujet.")
        html = page(map_editor, "cartography_queue:inspect", sent.pk)
        assert "Hors sujet." in html
        assert reverse("cartography_backoffice:accept", args=[sent.pk]) not in html

    def test_the_queue_is_narrowed_by_kind_and_found_by_reference(self, map_editor: Client) -> None:
        place = PlaceFactory(name_fr="Maison du Tilleul")
        report = SubmissionFactory(kind=SubmissionKind.REPORT, place=place, values={})
        SubmissionFactory(values={"name_fr": "Nouvelle"})
        html = page(map_editor, "cartography_queue:index", kind="report")
        assert "Maison du Tilleul" in html
        assert "Nouvelle" not in html
        assert "Maison du Tilleul" in page(map_editor, "cartography_queue:index", q=report.reference)

    def test_words_of_strangers_do_not_leave_as_a_spreadsheet(self, map_editor: Client) -> None:
        SubmissionFactory()
        response = map_editor.get(reverse("cartography_queue:index"), {"export": "csv"})
        assert "text/csv" not in response["Content-Type"]

    def test_who_proposes_and_what_is_known_of_it_is_said(self, map_editor: Client) -> None:
        own = SubmissionFactory.build().values | {"email": "accueil@tilleul.example.org"}
        service = SubmissionFactory(values=own, email=own["email"], proposer="service")
        claim = SubmissionFactory(values=own, proposer="service")
        visitor = SubmissionFactory(values=own, proposer="visitor")
        assert "one of its own" in page(map_editor, "cartography_queue:inspect", service.pk)
        assert "does not show it" in page(map_editor, "cartography_queue:inspect", claim.pk)
        assert "from outside the service" in page(map_editor, "cartography_queue:inspect", visitor.pk)
        assert "checked today by the organisation" in page(map_editor, "cartography_backoffice:accept", service.pk)
        for sent in (claim, visitor):
            assert "checked by nobody yet" in page(map_editor, "cartography_backoffice:accept", sent.pk)


class TestDeciding:
    def test_an_edit_that_moves_the_service_moves_its_point_and_region(self, map_editor: Client) -> None:
        place = PlaceFactory(is_exact=True)
        sent = edit_of(place, nis="92094", postal_code="5000", street="Rue Neuve 1", lat=None, lon=None)
        act(map_editor, "accept", sent.pk, note="")
        changed = Place.objects.get()
        assert (changed.nis, changed.region, changed.is_to_place, changed.checked_by) == ("92094", "03000", True, "organisation")
        assert 50.3 < changed.lat < 50.6

    def test_an_edit_of_a_doubtful_record_takes_the_doubt_away(self, map_editor: Client) -> None:
        place = PlaceFactory(status=PlaceStatus.TO_CONFIRM)
        act(map_editor, "accept", edit_of(place, headcount="4+").pk, note="")
        assert Place.objects.get().status == PlaceStatus.PUBLISHED

    def test_a_refused_edit_leaves_the_record_as_it_was(self, map_editor: Client) -> None:
        place = PlaceFactory(phone="02 512 00 00")
        sent = edit_of(place, phone="02 513 00 00")
        act(map_editor, "refuse", sent.pk, note="Ce numéro ne répond pas.")
        place.refresh_from_db()
        assert place.phone == "02 512 00 00"
        mail = OutgoingMail.objects.get()
        assert mail.to == place.email
        assert "Ce numéro ne répond pas." in mail.text

    def test_a_service_that_left_comes_back_by_its_edit(self, map_editor: Client) -> None:
        sent = edit_of(PlaceFactory(status=PlaceStatus.WITHDRAWN))
        assert "asks to come back" in page(map_editor, "cartography_queue:inspect", sent.pk)
        assert "comes back onto the map" in page(map_editor, "cartography_backoffice:accept", sent.pk)
        act(map_editor, "accept", sent.pk, note="")
        assert Place.objects.get().status == PlaceStatus.PUBLISHED

    def test_what_cannot_be_placed_is_told_and_stays_in_the_queue(self, map_editor: Client) -> None:
        sent = SubmissionFactory(values=SubmissionFactory.build().values | {"sector": "astrology"})
        assert "astrology" in act(map_editor, "accept", sent.pk, note="").content.decode()
        sent.refresh_from_db()
        assert sent.status == SubmissionStatus.OPEN
        assert not Place.objects.exists()
        assert not OutgoingMail.objects.exists()

    def test_the_sender_reads_the_answer_in_her_language(self, map_editor: Client) -> None:
        act(map_editor, "refuse", SubmissionFactory(language="nl").pk, note="Staat er al op.")
        mail = OutgoingMail.objects.get()
        assert mail.language == "nl"
        assert mail.text.startswith("Bedankt")


class TestDifferences:
    @pytest.fixture(autouse=True)
    def in_english(self) -> Iterator[None]:
        with translation.override("en"):
            yield

    def test_a_proposal_shows_all_it_says_and_nothing_it_does_not(self) -> None:
        rows = differences(None, {"name_fr": "Maison", "name_nl": "", "nis": "21015", "since": None, "is_open_to_placements": True})
        assert {str(row.label): row.after for row in rows} == {
            "name in French": "Maison",
            "municipality": "Schaerbeek / Schaarbeek",
            "takes trainees": "yes",
        }

    def test_an_edit_shows_codes_as_words(self) -> None:
        place = PlaceFactory(headcount="1", languages=["fr"])
        rows = differences(place, PlaceData.of(place).as_json() | {"headcount": "4+", "languages": ["fr", "sign"], "sector": "homeless"})
        assert {(row.before, row.after) for row in rows} == {
            ("one", "four or more"),
            ("French", "French, sign language"),
            (place.sector.name, "Homeless help"),
        }

    def test_what_a_later_version_no_longer_knows_is_shown_as_it_is(self) -> None:
        (row,) = differences(None, {"practices": ["telepathy"]})
        assert row.after == "telepathy"

    def test_an_edit_that_says_the_same_is_said_to(self, map_editor: Client) -> None:
        assert "Nothing would change" in page(map_editor, "cartography_queue:inspect", edit_of(PlaceFactory()).pk)

    def test_an_edit_takes_a_value_away(self) -> None:
        place = PlaceFactory(phone="02 512 00 00")
        (row,) = differences(place, PlaceData.of(place).as_json() | {"phone": ""})
        assert (row.before, row.after) == ("02 512 00 00", "")


class TestWithdrawing:
    def test_the_map_editor_reads_who_is_written_to_and_may_say_no(self, map_editor: Client) -> None:
        place = PlaceFactory(languages=["nl"], email="onthaal@huis.example.org")
        html = page(map_editor, "cartography_backoffice:withdraw_place", place.pk)
        assert "a mail (Nederlands) at onthaal@huis.example.org" in html
        act(map_editor, "withdraw_place", place.pk, reason="Fermé")
        assert not OutgoingMail.objects.exists(), "unticked"
        other = PlaceFactory()
        act(map_editor, "withdraw_place", other.pk, reason="Fermé", tells_service="on")
        assert OutgoingMail.objects.get().to == other.email

    def test_a_reason_is_asked_for(self, map_editor: Client) -> None:
        place = PlaceFactory()
        act(map_editor, "withdraw_place", place.pk, reason="", tells_service="on")
        place.refresh_from_db()
        assert place.status == PlaceStatus.PUBLISHED

    def test_several_at_once_each_hear_the_reason_in_their_language(self, map_editor: Client) -> None:
        places = [PlaceFactory(), PlaceFactory(languages=["nl"]), PlaceFactory(email=""), PlaceFactory(is_draft=True)]
        url = (
            reverse("wagtail_bulk_action", args=["cartography", "place", "withdraw"]) + "?" + "&".join(f"id={place.pk}" for place in places)
        )
        map_editor.post(url, {"reason": ""})
        assert not Place.objects.filter(status=PlaceStatus.WITHDRAWN).exists(), "not without a reason"
        map_editor.post(url, {"reason": "Fin du projet pilote", "tells_service": "on"})
        assert set(Place.objects.values_list("status", flat=True)) == {PlaceStatus.WITHDRAWN}
        mails = OutgoingMail.objects.all()
        assert {(mail.to, mail.language) for mail in mails} == {(places[0].email, "fr"), (places[1].email, "nl")}
        assert all("Fin du projet pilote" in mail.text for mail in mails)

    def test_several_at_once_leave_alone_what_cannot_go_that_way(self, map_editor: Client) -> None:
        gone, draft = PlaceFactory(status=PlaceStatus.WITHDRAWN), PlaceFactory(is_draft=True)
        url = reverse("wagtail_bulk_action", args=["cartography", "place", "publish"]) + f"?id={gone.pk}&id={draft.pk}"
        url += f"&next={reverse('cartography_places:index')}"
        html = map_editor.post(url, follow=True).content.decode()
        assert "1 place done" in html
        gone.refresh_from_db()
        draft.refresh_from_db()
        assert (gone.status, draft.status) == (PlaceStatus.WITHDRAWN, PlaceStatus.PUBLISHED)

    @pytest.mark.parametrize("query", ["region=03000", "q=Namuroise", "region=03000&q=namur"])
    def test_all_in_the_listing_is_what_the_listing_showed(self, map_editor: Client, query: str) -> None:
        shown = PlaceFactory(name_fr="Namuroise", region="03000", is_draft=True)
        hidden = PlaceFactory(is_draft=True)
        url = reverse("wagtail_bulk_action", args=["cartography", "place", "publish"])
        map_editor.post(f"{url}?{urlencode({'id': 'all', 'next': f'{reverse("cartography_places:index")}?{query}'})}")
        shown.refresh_from_db()
        hidden.refresh_from_db()
        assert (shown.status, hidden.status) == (PlaceStatus.PUBLISHED, PlaceStatus.DRAFT)


class TestPoints:
    def test_addresses_to_place_are_found_marked_and_counted(self, map_editor: Client) -> None:
        PlaceFactory(name_fr="Placée", is_exact=True)
        PlaceFactory(name_fr="À placer", precision="address", street="Rue Neuve 1")
        html = page(map_editor, "cartography_places:index", point="to_place")
        assert "À placer" in html
        assert "Schaerbeek · point to be placed" in html
        assert "Placée</span>" not in html
        assert "Placée</span>" in page(map_editor, "cartography_places:index", point="placed")
        assert "1 address still stands at its postal code" in page(map_editor, "wagtailadmin_home")

    def test_the_point_of_the_old_town_does_not_go_along_to_the_new(self, map_editor: Client) -> None:
        place = PlaceFactory(is_exact=True)
        map_editor.post(reverse("cartography_places:edit", args=[place.pk]), form_of(map_editor, place) | {"municipality": "5000 Namur"})
        moved = Place.objects.get()
        assert (moved.nis, moved.is_to_place) == ("92094", True)
        assert 50.3 < moved.lat < 50.6


class TestRights:
    """Who may look need not be who may decide."""

    @pytest.fixture
    def viewer(self) -> Client:
        group = Group.objects.create(name="Readers of the map")
        names = ("access_admin", "view_place", "view_submission")
        group.permissions.set(Permission.objects.filter(codename__in=names))
        return browser_of(group.name)

    def test_who_may_look_sees_no_buttons_and_opens_no_action(self, viewer: Client) -> None:
        place, sent = PlaceFactory(), SubmissionFactory()
        for name, key in (("cartography_places:inspect", place.pk), ("cartography_queue:inspect", sent.pk)):
            html = page(viewer, name, key)
            assert "/withdraw/" not in html
            assert "/accept/" not in html
        for name in ("publish_place", "check_place", "withdraw_place", "reopen_place"):
            assert viewer.post(reverse(f"cartography_backoffice:{name}", args=[place.pk]), {"reason": "x"}).status_code in {302, 403}
        for name in ("accept", "refuse"):
            assert viewer.post(reverse(f"cartography_backoffice:{name}", args=[sent.pk])).status_code in {302, 403}
        assert viewer.get(reverse("cartography_imports:add")).status_code in {302, 403}
        place.refresh_from_db()
        sent.refresh_from_db()
        assert (place.status, place.checks.count(), sent.status) == (PlaceStatus.PUBLISHED, 0, SubmissionStatus.OPEN)

    def test_figures_are_for_whoever_may_look(self, viewer: Client, coordinator: Client) -> None:
        PlaceFactory()
        assert "1 place readers can see" in page(viewer, "cartography_backoffice:statistics")
        assert coordinator.get(reverse("cartography_backoffice:statistics")).status_code in {302, 403}

    @pytest.mark.parametrize("name", ["cartography_queue:index", "cartography_places:index", "cartography_imports:add"])
    def test_a_stranger_is_asked_to_log_in(self, client: Client, name: str) -> None:
        response = client.get(reverse(name))
        assert response.status_code == 302
        assert "login" in response["Location"]
