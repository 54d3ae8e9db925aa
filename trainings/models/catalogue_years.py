"""The catalogue of a year as it was printed: frozen, with its facts and its files."""

from typing import ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import language_display
from trainings.enums import Language


def private_storage() -> Storage:
    """Files that only our own view serves."""
    return storages["private"]


class CatalogueYear(models.Model):
    """One year's catalogue. Never changed: a wrong one is withdrawn and frozen again."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    frozen_at = models.DateTimeField(_("frozen at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-year"]
        verbose_name = _("catalogue of a year")
        verbose_name_plural = _("catalogues of a year")

    def __str__(self) -> str:
        return str(self.year)


class CatalogueEdition(models.Model):
    """The catalogue of a year in one language: what it says, and the PDF that was made of it."""

    catalogue = models.ForeignKey(CatalogueYear, verbose_name=_("catalogue of a year"), on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    get_language_display = language_display
    facts = models.JSONField(_("facts"), help_text=_("All that the PDF says, as it was that day."))
    file = models.FileField(_("file"), upload_to="catalogues", storage=private_storage)
    size = models.PositiveIntegerField(_("size"))

    class Meta:
        ordering: ClassVar = ["catalogue", "language"]
        verbose_name = _("edition of a catalogue")
        verbose_name_plural = _("editions of a catalogue")
        constraints: ClassVar = [models.UniqueConstraint(fields=["catalogue", "language"], name="trainings_catalogue_edition_once")]

    def __str__(self) -> str:
        return f"{self.catalogue} ({self.language})"
