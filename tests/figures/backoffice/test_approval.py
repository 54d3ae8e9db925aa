"""Direction approves a year, corrects it, and compares; others look."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from figures.models import Snapshot
from tests.core.factories import SectorFactory
from tests.figures.asking import ask
from tests.figures.sources import REQUESTS, SOURCE, only
from tests.html import text, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]
APPROVE = "/admin/report/2024/approve/"


def seen(page: str) -> str:
    """The digest the form carries."""
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_approved_corrected_and_compared(direction: Client) -> None:
    ask(6, sector=SectorFactory(slug="homeless"))
    page = direction.get(APPROVE).content.decode()
    assert "3 figures are kept." in page
    assert not texts(page, "textarea"), "a first version needs no reason"
    direction.post(APPROVE, {"seen": seen(page)})
    first = Snapshot.objects.get()
    assert ModelLogEntry.objects.filter(action="figures.approve_report").exists()

    assert "Nothing changed since" in direction.post(APPROVE, {"seen": seen(page), "note": "x"}).content.decode()
    ask(1, sector=None)
    page = direction.get(APPROVE).content.decode()
    assert texts(page, "tbody tr:nth-child(3) > *") == ["Organisations that asked", "value", "6", "7"]
    assert direction.post(APPROVE, {"seen": seen(page), "note": ""}).status_code == 422
    direction.post(APPROVE, {"seen": seen(page), "note": "One was noted late"})
    second = Snapshot.objects.get(version=2)
    compared = direction.get(reverse("figures_backoffice:compare", args=[second.pk, first.pk])).content.decode()
    assert "One was noted late" in compared
    assert len(texts(compared, "table tbody tr")) == 5

    shown = direction.get(reverse("figures_snapshots:inspect", args=[first.pk])).content.decode()
    assert text(shown, "#test_requests tbody tr:first-child td:first-of-type") == "6"
    assert "What differs from version 2" in shown
    assert "Version 2 was approved" in direction.get("/admin/report/?year=2024").content.decode()


def test_what_was_counted_meanwhile_stops_it(direction: Client) -> None:
    page = direction.get(APPROVE).content.decode()
    ask(1, sector=None)
    answer = direction.post(APPROVE, {"seen": seen(page)})
    assert answer.status_code == 422
    assert "Figures changed since you opened this page." in answer.content.decode()
    assert not Snapshot.objects.exists()


def test_one_programme_or_all_but_no_choice_of_some(direction: Client) -> None:
    ask(6, sector=None)
    two = f"{APPROVE}?programme=support&programme=connect"
    assert "a choice of some is no report" in direction.post(two, {"seen": seen(direction.get(two).content.decode())}).content.decode()
    one = f"{APPROVE}?programme=support"
    direction.post(one, {"seen": seen(direction.get(one).content.decode())})
    assert Snapshot.objects.get().programme == "support"


def test_a_coordinator_approves_nothing_and_sees_the_reports_of_her_programme(direction: Client, coordinator: Client) -> None:
    ask(6, sector=None)
    for query in ("", "?programme=support"):
        direction.post(APPROVE + query, {"seen": seen(direction.get(APPROVE + query).content.decode())})
    assert coordinator.post(f"{APPROVE}?programme=support", {"seen": "x"}).status_code == 302
    listing = coordinator.get(reverse("figures_snapshots:index")).content.decode()
    assert [column for column in texts(listing, "table.listing tbody td") if column in {"Support", "all programmes"}] == ["Support"]
    whole = Snapshot.objects.get(programme="")
    assert coordinator.get(reverse("figures_snapshots:inspect", args=[whole.pk]), follow=True).status_code == 404


def test_sentences_and_definitions_are_read(direction: Client) -> None:
    with only(replace(SOURCE, definitions=(replace(REQUESTS, key="hf_persons"),))):
        ask(9, sector=None)
        page = direction.get("/admin/report/2024/sentences/").content.decode()
    told = "Nous avons accompagné 9 personnes en Housing First."
    assert told in [line.replace("\N{NO-BREAK SPACE}", " ") for line in texts(page, "p[lang=fr]")]
    assert "?year=2024#hf_persons" in page
    assert "No sentence can be made yet." in direction.get("/admin/report/2024/sentences/").content.decode()
    page = direction.get(reverse("figures_backoffice:definitions")).content.decode()
    assert "Organisations that asked Support in the year." in page


def test_the_dashboard_shows_this_year_beside_the_last_and_the_last_approval(direction: Client) -> None:
    page = direction.get("/admin/").content.decode()
    assert "No report is approved yet." in page
    assert reverse("figures_backoffice:report") in page
