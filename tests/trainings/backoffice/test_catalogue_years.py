"""The catalogue of a year in the back-office: looked at, frozen, withdrawn."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core import clock
from tests.trainings.factories import ModuleFactory, make_sheets
from tests.trainings.mailings.moments import at
from trainings.models import CatalogueYear

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_2027(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(1, 5))
    monkeypatch.setattr(clock, "today", lambda: at(1, 5).date())


def test_looked_at_frozen_and_withdrawn(coordinator: Client) -> None:
    make_sheets(ModuleFactory())
    freeze = reverse("trainings_backoffice:freeze_catalogue")
    asked = coordinator.get(freeze).content.decode()
    draft = reverse("trainings_backoffice:draft_catalogue", args=[2027, "nl"])
    assert draft in asked
    assert coordinator.get(draft).content.startswith(b"%PDF")
    assert not CatalogueYear.objects.exists()

    assert coordinator.post(freeze, {"year": 2027}).status_code == 302
    made = CatalogueYear.objects.get()
    assert made.by is not None
    shown = coordinator.get(reverse("trainings_catalogue_years:inspect", args=[made.pk])).content.decode()
    frozen = reverse("trainings_backoffice:frozen_catalogue", args=[made.pk, "en"])
    assert frozen in shown
    assert coordinator.get(frozen).content.startswith(b"%PDF")
    again = coordinator.post(freeze, {"year": 2027})
    assert again.status_code == 422
    assert "frozen already" in again.content.decode()

    coordinator.post(reverse("trainings_backoffice:withdraw_catalogue", args=[made.pk]))
    assert not CatalogueYear.objects.exists()
    assert ModelLogEntry.objects.filter(action="trainings.withdraw_catalogue").exists()


def test_a_language_without_a_sheet_is_named(coordinator: Client) -> None:
    make_sheets(ModuleFactory(), fr="Écouter", nl="Luisteren")
    response = coordinator.post(reverse("trainings_backoffice:freeze_catalogue"), {"year": 2027})
    assert response.status_code == 422
    assert "No sheet is published in English" in response.content.decode()


def test_a_trainer_freezes_nothing(as_trainer: Client) -> None:
    as_trainer.post(reverse("trainings_backoffice:freeze_catalogue"), {"year": 2027})
    assert not CatalogueYear.objects.exists()
