"""One directory of organisations for all apps: employers, clients, members, partners. Never a person."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index

from core.languages import current_language
from core.models.vocabulary import Sector


class Organisation(index.Indexed, ClusterableModel):
    """An institution, found by its other names too. Only rows with `is_listed` are shown or offered to the public."""

    name_fr = models.CharField(_("name in French"), max_length=200)
    name_nl = models.CharField(_("name in Dutch"), max_length=200, blank=True)
    sector = models.ForeignKey(Sector, verbose_name=_("sector"), on_delete=models.PROTECT, null=True, blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    roles = models.JSONField(
        _("roles"), default=list, blank=True, help_text=_("Codes such as member_ag_2024: where the site lists the organisation.")
    )
    is_listed = models.BooleanField(_("shown and offered to the public"), default=True)

    search_fields: ClassVar = [
        index.SearchField("name_fr", boost=2),
        index.SearchField("name_nl", boost=2),
        index.AutocompleteField("name_fr"),
        index.AutocompleteField("name_nl"),
    ]

    class Meta:
        ordering: ClassVar = ["name_fr"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_nl if current_language() == "nl" and self.name_nl else self.name_fr


class NameKind(models.TextChoices):
    """What another name of an organisation is."""

    ALIAS = "alias", _("also called")
    ACRONYM = "acronym", _("acronym")
    FORMER = "former", _("former name")


class OrganisationName(models.Model):
    """Another name of an organisation: what people type, and what it was called before."""

    organisation = ParentalKey(Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="other_names")
    kind = models.CharField(_("kind of name"), max_length=10, choices=NameKind, default=NameKind.ALIAS)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        verbose_name = _("other name")
        verbose_name_plural = _("other names")

    def __str__(self) -> str:
        return self.name
