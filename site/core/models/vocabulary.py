"""Vocabularies shared by several apps: one row whatever the language, with a name in each."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import current_language


class Programme(models.TextChoices):
    """The three programmes of Smes."""

    CONNECT = "connect", _("Connect")
    SUPPORT = "support", _("Support")
    HOUSING_FIRST = "housing_first", _("Housing First")


class Translated(models.Model):
    """A thing with one name per language. `name` follows the active language, French when it is missing."""

    slug = models.SlugField(_("code"), max_length=60, unique=True)
    name_fr = models.CharField(_("name in French"), max_length=160)
    name_nl = models.CharField(_("name in Dutch"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_in(current_language())

    def name_in(self, language: str) -> str:
        """The name in a language, French when it is missing."""
        return getattr(self, f"name_{language}", "") or self.name_fr


class Sector(Translated):
    """A sector of social and health work, as the yearly report counts them."""

    class Meta:
        ordering: ClassVar = ["name_fr"]
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Theme(Translated):
    """A subject that modules, publications and news share."""

    class Meta:
        ordering: ClassVar = ["name_fr"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
