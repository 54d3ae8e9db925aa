"""The listing of modules: where a date is awaited."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from tests.trainings.factories import InterestFactory, ModuleFactory
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
