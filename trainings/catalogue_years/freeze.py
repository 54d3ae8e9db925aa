"""Freezes the catalogue of a year: what it says and the files made of it are kept; nothing that changes later touches them."""

import datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from core.files.pdf import render_pdf
from core.languages import Language
from core.models import User
from trainings.catalogue_years.document import catalogue_document
from trainings.models import CatalogueEdition, CatalogueYear

TEMPLATE = "trainings/pdf/catalogue"


class AlreadyFrozen(Exception):
    """The catalogue of that year stands: withdraw it first."""


def draft_pdf(*, year: int, language: str, now: datetime.datetime) -> bytes:
    """What would be frozen now; nothing is kept. Raises NoCatalogue."""
    return render_pdf(TEMPLATE, catalogue_document(year=year, language=language, now=now))


@transaction.atomic
def freeze_catalogue(*, year: int, now: datetime.datetime, by: User | None = None) -> CatalogueYear:
    """All three languages at once, or none. Raises AlreadyFrozen, NoCatalogue."""
    try:
        with transaction.atomic():
            catalogue = CatalogueYear.objects.create(year=year, frozen_at=now, by=by)
    except IntegrityError as error:
        raise AlreadyFrozen from error
    documents = {language: catalogue_document(year=year, language=language, now=now) for language in Language.values}
    files = {language: render_pdf(TEMPLATE, document) for language, document in documents.items()}
    for language, content in files.items():
        edition = CatalogueEdition(catalogue=catalogue, language=language, facts=documents[language], size=len(content))
        edition.file.save(f"smes-{year}-{language}.pdf", ContentFile(content), save=False)
        edition.save()
    return catalogue


@transaction.atomic
def withdraw_catalogue(*, catalogue: CatalogueYear) -> None:
    """Takes a wrong one off the site, with its files."""
    for edition in catalogue.editions.all():
        name, storage = edition.file.name, edition.file.storage
        transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))  # type: ignore[misc]
    catalogue.delete()
