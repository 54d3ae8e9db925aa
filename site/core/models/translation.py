"""Pages that went public before somebody had translated them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import Language, language_display


class UntranslatedPage(models.Model):
    """A page published as it is: some of its words are still those of the page it was made from.

    Kept by `core.translation.standing` whenever a page is published. Where a page has no such row, its words are of its language.
    """

    page = models.OneToOneField("wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="untranslated")
    language = models.CharField(_("language of most of its words"), max_length=2, choices=Language)
    get_language_display = language_display

    class Meta:
        verbose_name = _("page published untranslated")
        verbose_name_plural = _("pages published untranslated")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"{self.page_id} ({self.language})"
