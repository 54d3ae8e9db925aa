"""Rows of the map for tests. Every default is the plain case; say in the test what is special."""

import datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Site

from cartography.enums import CheckedBy, ImportStatus, PlaceStatus, Precision, SubmissionKind, SubmissionStatus
from cartography.models import MapPage, Place, PlaceImport, PlaceImportRow, PlaceTransition, Submission
from tests.core.factories import SectorFactory
from tests.trainings.factories import make_catalogue

LANGUAGES = ("fr", "nl", "en")


class PlaceFactory(DjangoModelFactory[Place]):
    """Published, checked a month ago by the organisation, in Schaerbeek, shown by its municipality. `is_draft=True` for a draft."""

    class Meta:
        model = Place
        skip_postgeneration_save = True

    class Params:
        is_draft = factory.Trait(status=PlaceStatus.DRAFT, published_at=None)
        is_exact = factory.Trait(precision=Precision.ADDRESS, street="Rue de l’Exemple 12", lat=50.8650, lon=4.3790, is_point_placed=True)

    name_fr = factory.Sequence(lambda n: f"Maison d’exemple {n}")
    name_nl = factory.Sequence(lambda n: f"Voorbeeldhuis {n}")
    slug = factory.Sequence(lambda n: f"maison-d-exemple-{n}")
    sector = factory.SubFactory(SectorFactory)
    practices = factory.LazyFunction(lambda: ["employed"])
    languages = factory.LazyFunction(lambda: ["fr"])
    summary_fr = "Une personne pair-aidante accueille."
    nis = "21015"
    postal_code = "1030"
    region = "04000"
    precision = Precision.MUNICIPALITY
    lat = 50.8676
    lon = 4.37371
    email = factory.Sequence(lambda n: f"accueil@maison{n}.example.org")
    status = PlaceStatus.PUBLISHED
    checked_on = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=30))
    checked_by = CheckedBy.ORGANISATION
    published_at = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(days=30))

    @factory.post_generation
    def history(self: Place, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]
        if create:
            PlaceTransition.objects.create(place=self, to_status=self.status, at=self.published_at or timezone.now())


class SubmissionFactory(DjangoModelFactory[Submission]):
    """A proposal, confirmed by its sender and waiting for a decision."""

    class Meta:
        model = Submission

    kind = SubmissionKind.PROPOSAL
    status = SubmissionStatus.OPEN
    values = factory.LazyFunction(
        lambda: {"name_fr": "Maison proposée", "sector": "homeless", "practices": ["volunteer"], "languages": ["fr"], "nis": "21015"}
    )
    email = factory.Sequence(lambda n: f"sender{n}@example.org")
    language = "fr"
    created_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyFunction(timezone.now)


def make_map() -> dict[str, MapPage]:
    """The page of the map in the three languages. Shape: {language: page}. Made once a test."""
    made = {page.locale.language_code: page for page in MapPage.objects.select_related("locale")}
    if made:
        return made
    catalogues = make_catalogue()
    pages: dict[str, MapPage] = {}
    for language in LANGUAGES:
        home = catalogues[language].get_parent()
        key = {"translation_key": pages["fr"].translation_key} if pages else {}
        page = MapPage(title=f"Carte ({language})", slug=f"carte-{language}", locale=Locale.objects.get(language_code=language), **key)
        pages[language] = home.add_child(instance=page)
    Site.clear_site_root_paths_cache()
    return pages


class PlaceImportFactory(DjangoModelFactory[PlaceImport]):
    """A file that was looked at and waits for a person."""

    class Meta:
        model = PlaceImport

    filename = "liste.csv"
    status = ImportStatus.CHECKED
    created_at = factory.LazyFunction(timezone.now)


class PlaceImportRowFactory(DjangoModelFactory[PlaceImportRow]):
    """A row of such a file."""

    class Meta:
        model = PlaceImportRow

    place_import = factory.SubFactory(PlaceImportFactory)
    number = factory.Sequence(lambda n: n + 2)
