"""Modules: one row whatever the language. Texts are pages (`trainings.models.pages`)."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Programme, Theme
from trainings.enums import Delivery, Format
from trainings.querysets.catalogue import ModuleQuerySet


class Module(models.Model):
    """What can be learned. Has no date; its sessions have."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("working title"), max_length=200, help_text=_("Used in the back-office; the pages have their own titles."))
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="modules")
    programme = models.CharField(_("programme"), max_length=20, choices=Programme, default=Programme.SUPPORT)
    format = models.CharField(_("format"), max_length=10, choices=Format, default=Format.OPEN)
    delivery = models.CharField(_("delivery"), max_length=10, choices=Delivery, default=Delivery.ON_SITE)
    days = models.DecimalField(_("days"), max_digits=3, decimal_places=1, validators=[MinValueValidator(0.5)])
    group_min = models.PositiveSmallIntegerField(_("smallest group"), default=6)
    group_max = models.PositiveSmallIntegerField(_("largest group"), default=14)
    price = models.PositiveSmallIntegerField(
        _("price in euros"), default=0, help_text=_("A person (open) or a team, for the whole module. 0: free.")
    )
    languages = models.JSONField(_("languages"), default=list, help_text=_("Codes: fr, nl, en."))
    is_example = models.BooleanField(_("example"), default=False, help_text=_("Demo data: shown with a visible mark."))
    is_accredited = models.BooleanField(_("accredited"), default=False)
    related = models.ManyToManyField("self", verbose_name=_("related modules"), blank=True, symmetrical=False)

    objects = ModuleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(group_max__gte=models.F("group_min")), name="trainings_module_group_sizes_in_order"),
            models.CheckConstraint(condition=models.Q(days__gt=0), name="trainings_module_lasts_some_time"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"
