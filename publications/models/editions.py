"""Editions by language, and their files: the latest valid one is served, earlier ones keep their URLs."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import readable_code
from core.languages import Language, language_display, language_names
from core.lifecycle.transitions import Transition
from publications.enums import EditionStatus, FileState, Refusal, Withdrawal
from publications.identifiers import valid_isbn
from publications.models.works import Work, deposit_number
from publications.querysets.editions import EditionQuerySet
from publications.querysets.texts import PageTextQuerySet


def private_storage() -> Storage:
    """Private storage: only our own views serve these files."""
    return storages["private"]


def edition_reference() -> str:
    """8 readable characters: the stable part of a download's URL."""
    return readable_code(8)


def file_name(instance: "EditionFile", filename: str) -> str:
    """Named by us: nothing of what was uploaded stands in a path."""
    return f"publications/{instance.edition.reference}/v{instance.number}.pdf"


def cover_name(instance: "EditionFile", filename: str) -> str:
    return f"publications/{instance.edition.reference}/v{instance.number}.webp"


class Edition(models.Model):
    """A work in one language, or in two in one volume: a bilingual edition belongs to both."""

    work = models.ForeignKey(Work, verbose_name=_("publication"), on_delete=models.PROTECT, related_name="editions")
    reference = models.CharField(_("reference"), max_length=8, unique=True, default=edition_reference, editable=False)
    languages = models.JSONField(_("languages"), default=list, help_text=_("Codes: fr, nl, en. Two for a bilingual edition."))
    title = models.CharField(_("title as printed"), max_length=240)
    subtitle = models.CharField(_("subtitle as printed"), max_length=240, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=17, blank=True)
    legal_deposit = models.CharField(_("legal deposit number"), max_length=20, blank=True, validators=[deposit_number])
    status = models.CharField(_("status"), max_length=10, choices=EditionStatus, default=EditionStatus.DRAFT)
    withdrawal = models.CharField(_("reason of the withdrawal"), max_length=10, choices=Withdrawal, blank=True)
    current_file = models.OneToOneField(
        "EditionFile", verbose_name=_("current file"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    # Paper
    is_orderable = models.BooleanField(_("can be ordered on paper"), default=False)
    copies_per_order = models.PositiveSmallIntegerField(_("most copies an order"), default=5, validators=[MinValueValidator(1)])
    low_stock = models.PositiveSmallIntegerField(_("warn when fewer copies are left than"), default=20)
    deposited_on = models.DateField(_("legal deposit sent on"), null=True, blank=True, editable=False)

    # Noted by the page that shows them.
    older_files: "list[EditionFile]"

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["work", "pk"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(status=EditionStatus.WITHDRAWN) | ~models.Q(withdrawal=""),
                name="publications_edition_withdrawal_has_reason",
            ),
            models.CheckConstraint(condition=models.Q(copies_per_order__gte=1), name="publications_edition_orders_something"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({'/'.join(self.languages).upper()})"

    def clean(self) -> None:
        if self.isbn and not valid_isbn(self.isbn):
            raise ValidationError({"isbn": _("This ISBN is not valid: one of its digits is wrong.")})

    @property
    def language_names(self) -> str:
        """`French, Dutch`, in the reader's language."""
        return language_names(self.languages)

    @property
    def file_stem(self) -> str:
        """What a downloaded file is called, without `.pdf`."""
        return f"smes-{self.work.code}-{'-'.join(self.languages)}"

    def file_url(self, version: int | None = None) -> str:
        """The stable URL of the edition's PDF, or of one of its versions."""
        if version is None:
            return reverse("publications_files:download", args=[self.reference, self.file_stem])
        return reverse("publications_files:download_version", args=[self.reference, version, self.file_stem])


class EditionTransition(Transition):
    """One change of an edition's status."""

    edition = models.ForeignKey(Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="transitions")
    from_status = models.CharField(_("from"), max_length=10, choices=EditionStatus)
    to_status = models.CharField(pgettext_lazy("status", "to"), max_length=10, choices=EditionStatus)

    system_notes = (Withdrawal,)


class EditionFile(models.Model):
    """One uploaded version of an edition. What the worker read from it stands here; a refused or withdrawn one keeps no file."""

    # Protected: people cite a version, so its row is never deleted; it is withdrawn instead, and says so.
    edition = models.ForeignKey(Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.FileField(_("file"), upload_to=file_name, storage=private_storage, blank=True, max_length=160)
    cover = models.FileField(_("cover"), upload_to=cover_name, storage=private_storage, blank=True, max_length=160)
    state = models.CharField(_("state"), max_length=10, choices=FileState, default=FileState.WAITING)
    refusal = models.CharField(_("why it is refused"), max_length=12, choices=Refusal, blank=True)
    refusal_detail = models.CharField(_("what it is refused for"), max_length=200, blank=True)
    withdrawal = models.CharField(_("reason of the withdrawal"), max_length=10, choices=Withdrawal, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False, help_text=_("Typeset for a demonstration: shown with a visible notice."))
    uploaded_name = models.CharField(_("name as uploaded"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    page_count = models.PositiveSmallIntegerField(_("pages"), default=0)
    pdf_title = models.CharField(_("title in the file"), max_length=240, blank=True)
    pdf_language = models.CharField(_("language in the file"), max_length=20, blank=True)
    is_tagged = models.BooleanField(_("tagged for screen readers"), default=False)

    # Noted by the page that shows them.
    warnings: "list[Promise]"

    class Meta:
        ordering: ClassVar = ["edition", "-number"]
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "number"], name="publications_file_version_once"),
            models.CheckConstraint(
                condition=~models.Q(state=FileState.REFUSED) | (models.Q(file="") & ~models.Q(refusal="")),
                name="publications_file_refused_keeps_nothing",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=FileState.WITHDRAWN) | (models.Q(file="", cover="") & ~models.Q(withdrawal="")),
                name="publications_file_withdrawn_keeps_nothing",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=FileState.READY) | (~models.Q(file="") & ~models.Q(sha256="")),
                name="publications_file_ready_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, v{self.number}"

    @property
    def is_read_in_another_language(self) -> bool:
        """What the file says of itself is none of the edition's languages: a screen reader takes the voice of the wrong one."""
        return bool(self.pdf_language) and self.pdf_language.lower().partition("-")[0] not in self.edition.languages


class PageText(models.Model):
    """The words of one page of a file. A page of a bilingual file has a row for each of its languages, to be searched in both."""

    file = models.ForeignKey(EditionFile, verbose_name=_("file"), on_delete=models.CASCADE, related_name="texts")
    page = models.PositiveSmallIntegerField(_("page"))
    language = models.CharField(_("language"), max_length=2, choices=Language)
    get_language_display = language_display
    text = models.TextField(_("text"))
    folded = models.TextField(_("text without accents and capitals"), blank=True, help_text=_("For SQLite, which knows no accents."))

    objects = PageTextQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["file", "page"]
        verbose_name = _("text of a page")
        verbose_name_plural = _("texts of pages")
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "page", "language"], name="publications_page_text_once")]

    def __str__(self) -> str:
        return f"{self.file}, p. {self.page}"
