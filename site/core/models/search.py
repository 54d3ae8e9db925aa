"""What readers call things: words the search takes as one."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import Language, language_display
from core.text.comparison import folded, search_terms


class SearchSynonyms(models.Model):
    """Words and abbreviations of one language that mean the same to the search: `GGZ, geestelijke gezondheidszorg`."""

    language = models.CharField(_("language"), max_length=2, choices=Language)
    get_language_display = language_display
    words = models.CharField(
        _("words that mean the same"),
        max_length=300,
        help_text=_("Separated by commas, for example: GGZ, geestelijke gezondheidszorg. Whoever looks for one also finds the others."),
    )

    class Meta:
        ordering: ClassVar = ["language", "words"]
        verbose_name = _("synonyms for the search")
        verbose_name_plural = _("synonyms for the search")

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        if len(self.phrases) < 2:
            raise ValidationError({"words": _("Give at least two words or abbreviations, with a comma between them.")})

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """Each phrase as its terms, folded."""
        return tuple(dict.fromkeys(terms for phrase in self.words.split(",") if (terms := tuple(search_terms(folded(phrase))))))
