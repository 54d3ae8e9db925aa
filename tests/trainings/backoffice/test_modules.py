"""The listing of modules: where a date is awaited."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from tests.trainings.factories import InterestFactory, ModuleFactory, make_catalogue, make_sheets
from trainings.models import Module

pytestmark = pytest.mark.django_db

LISTING = "/admin/trainings/modules/"


def test_it_counts_who_waits_for_a_date_and_nobody_twice() -> None:
    module, other = ModuleFactory(), ModuleFactory()
    InterestFactory.create_batch(2, module=module)
    InterestFactory(module=module, confirmed_at=None)
    InterestFactory(module=module, notified_at=timezone.now())
    counts = dict(Module.objects.with_interest().values_list("pk", "interested_count"))
    assert counts == {module.pk: 2, other.pk: 0}


def test_the_most_awaited_can_stand_first(coordinator: Client) -> None:
    quiet, wanted = ModuleFactory(name="Rarement demandé"), ModuleFactory(name="Très attendu")
    InterestFactory(module=wanted)
    listing = coordinator.get(LISTING, {"ordering": "-interested_count"}).content.decode()
    assert listing.index(wanted.name) < listing.index(quiet.name)
    [row] = [row for row in html.fromstring(listing).iter("tr") if wanted.name in row.text_content()]
    assert row.xpath("td")[-1].text_content().strip() == "1"


def test_many_modules_cost_no_more_queries(coordinator: Client) -> None:
    ModuleFactory()
    coordinator.get(LISTING)
    with CaptureQueriesContext(connection) as few:
        coordinator.get(LISTING)
    InterestFactory.create_batch(9)
    with CaptureQueriesContext(connection) as many:
        coordinator.get(LISTING)
    assert len(many) == len(few)


class TestPages:
    """The coordinator knows what a module says: its pages are hers to write."""

    def test_the_screen_of_a_module_leads_to_its_page_in_each_language(self, coordinator: Client) -> None:
        pages = make_sheets(ModuleFactory(), fr="Écouter", nl="Luisteren")
        for catalogue in make_catalogue().values():
            catalogue.save_revision().publish()
        screen = coordinator.get(reverse("trainings_modules:inspect", args=[pages["fr"].module_id])).content.decode()
        for page in pages.values():
            assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in screen
        assert "to write" in screen

    def test_she_may_write_below_the_catalogue_and_nowhere_else(self, coordinator: Client) -> None:
        pages = make_sheets(ModuleFactory(), fr="Écouter")
        page = pages["fr"]
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert coordinator.get(url).status_code != 200
        page.get_parent().specific.save_revision().publish()
        assert coordinator.get(url).status_code == 200
        home = page.get_parent().get_parent()
        assert coordinator.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code != 200

    def test_a_trainer_is_not_given_pages(self, as_trainer: Client) -> None:
        page = make_sheets(ModuleFactory(), fr="Écouter")["fr"]
        page.get_parent().specific.save_revision().publish()
        assert as_trainer.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code != 200
