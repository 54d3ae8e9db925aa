"""Fifty modules or five hundred: the pages people read cost the same few queries."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.home.factories import home_of
from tests.trainings.factories import make_catalogue, many_modules
from trainings.models import ModulePage

pytestmark = pytest.mark.django_db

FEW, MANY = 50, 500
BAR = 12  # the aim is 8; on 2026-11-24: home 8, catalogue 7, module 7, search 6


def cost(client: Client, address: str) -> int:
    client.get(address)  # root paths and content types are kept by the process
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured)


def costs(client: Client) -> dict[str, int]:
    call_command("update_index", verbosity=0)
    with connection.cursor() as cursor:
        # Autovacuum never sees rows of an open transaction: planned for empty tables, one query on 500 sheets took minutes.
        cursor.execute("ANALYZE")
    sheet = ModulePage.objects.order_by("pk").first()
    assert sheet is not None
    addresses = {
        "home": home_of().url,
        "catalogue": make_catalogue()["fr"].url,
        "catalogue, filtered": f"{make_catalogue()['fr'].url}?q=complexes&period=soon&seats=free",
        "catalogue, another page": f"{make_catalogue()['fr'].url}?page=2",
        "search": "/fr/recherche/?q=situations",
        "module": sheet.url,
    }
    return {name: cost(client, address) for name, address in addresses.items()}


def test_the_main_pages_cost_the_same_with_50_and_with_500_modules(client: Client) -> None:
    make_catalogue()
    many_modules(FEW)
    few = costs(client)
    many_modules(MANY - FEW, first=1000 + FEW)
    many = costs(client)
    assert few == many
    assert {name: count for name, count in many.items() if count > BAR} == {}
