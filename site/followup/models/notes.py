"""Notes on a file, and who read them. The text is sealed: neither the database nor a copy of it can be read without the key."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from followup.models.files import File
from followup.querysets.notes import NoteQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _colleague(label: "StrOrPromise") -> "models.ForeignKey[models.Model | None]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class Note(models.Model):
    """Written once and never changed: what is wrong is corrected by another note, what must not stand there is erased."""

    file = models.ForeignKey(File, verbose_name=pgettext_lazy("follow-up", "file"), on_delete=models.CASCADE, related_name="notes")
    amends = models.ForeignKey(
        "self", verbose_name=_("corrects"), null=True, blank=True, on_delete=models.SET_NULL, related_name="amendments"
    )
    sealed = models.TextField(_("sealed text"), blank=True, editable=False)
    written_at = models.DateTimeField(_("written at"), editable=False)
    written_by = _colleague(_("written by"))
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    erased_by = _colleague(_("erased by"))

    objects = NoteQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-written_at", "-pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(erased_at=None) & ~Q(sealed="") | Q(erased_at__isnull=False, sealed=""),
                name="followup_note_erased_holds_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class NoteReading(models.Model):
    """Somebody saw the text of a note."""

    note = models.ForeignKey(Note, verbose_name=_("note"), on_delete=models.CASCADE, related_name="readings")
    at = models.DateTimeField(_("at"), editable=False)
    by = _colleague(_("by"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("reading of a note")
        verbose_name_plural = _("readings of notes")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class NoteCount(models.Model):
    """How many notes a file had in a year, kept after they were erased."""

    file = models.ForeignKey(File, verbose_name=pgettext_lazy("follow-up", "file"), on_delete=models.CASCADE, related_name="note_counts")
    year = models.PositiveSmallIntegerField(_("year"))
    notes = models.PositiveIntegerField(_("notes"))

    class Meta:
        ordering: ClassVar = ["file", "year"]
        verbose_name = _("number of notes erased")
        verbose_name_plural = _("numbers of notes erased")
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "year"], name="followup_note_count_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.notes}"


class TeamChange(models.Model):
    """Somebody joined the team of a file, or left it: from then on she could read its notes, or no longer."""

    file = models.ForeignKey(File, verbose_name=pgettext_lazy("follow-up", "file"), on_delete=models.CASCADE, related_name="team_changes")
    user = _colleague(_("colleague"))
    has_joined = models.BooleanField(_("has joined"))
    at = models.DateTimeField(_("at"), editable=False)
    by = _colleague(_("by"))

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("change of a team")
        verbose_name_plural = _("changes of teams")

    def __str__(self) -> str:
        return f"{'+' if self.has_joined else '−'} {self.user or '–'}"
