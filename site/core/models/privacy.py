"""Who looked a person up, and the proof that she was erased. Neither says who she is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _


class LookUpKind(models.TextChoices):
    """What was done."""

    SEARCH = "search", _("searched for a person")
    READ = "read", _("read what is held of a person")
    EXPORT = "export", _("exported what is held of a person")
    ERASE = "erase", _("erased a person")


class PersonLookUp(models.Model):
    """One look at what is held of a person. Of whom, only a keyed hash of the address; of what was found, how much."""

    at = models.DateTimeField(_("at"), db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(_("what was done"), max_length=10, choices=LookUpKind)
    address_key = models.CharField(_("keyed hash of the address"), max_length=64, blank=True)
    found = models.PositiveIntegerField(_("found"), default=0)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        default_permissions: ClassVar = ()
        permissions: ClassVar = [("look_up_person", gettext_noop("Can look up, export and erase what is held of a person"))]
        verbose_name = _("look-up of a person")
        verbose_name_plural = _("look-ups of persons")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.found})"


class ErasureProof(models.Model):
    """A person was erased: when, by whom, how many rows of which kind. Whoever knows the address can find it, nobody can read it."""

    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    address_key = models.CharField(_("keyed hash of the address"), max_length=64, db_index=True)
    counts = models.JSONField(_("erased"), default=dict, help_text=_("By app and kind."))

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        default_permissions: ClassVar = ()
        verbose_name = _("proof of an erasure")
        verbose_name_plural = _("proofs of erasures")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.address_key[:12]}"

    @property
    def counts_label(self) -> str:
        """What was erased, in the active language."""
        counted = [(kind, count) for kinds in self.counts.values() for kind, count in kinds.items() if count]
        return ", ".join(f"{count} {gettext(kind)}" for kind, count in counted)
