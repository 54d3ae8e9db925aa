"""Text blocks: headings, rich text, notices, steps, questions and answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

INLINE = ["bold", "italic", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """A section heading (h2). It also feeds the page's table of contents."""

    class Meta:
        icon = "title"
        label = _("section heading")
        template = "blocks/heading.html"
        description = _("Begins a section of the page.")
        preview_value = "Comment cela se passe"


class SubheadingBlock(blocks.CharBlock):
    """A heading within a section (h3)."""

    class Meta:
        icon = "title"
        label = _("sub-heading")
        template = "blocks/subheading.html"
        description = _("A heading within a section.")
        preview_value = "Avant la première rencontre"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists; headings are blocks of their own, so that none is skipped."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**({"features": [*INLINE, "ul", "ol"]} | kwargs))

    class Meta:
        icon = "pilcrow"
        label = _("text")
        template = "blocks/text.html"
        description = _("Paragraphs, lists and links.")
        preview_value = "<p>Un accueil sans condition, au rythme de la personne.</p><ul><li>écouter</li><li>relier</li></ul>"


class CalloutBlock(blocks.StructBlock):
    """A notice apart from the running text."""

    tone = blocks.ChoiceBlock(choices=[("info", _("information")), ("important", _("important"))], default="info", label=_("tone"))
    title = blocks.CharBlock(max_length=120, label=_("title"))
    text = blocks.TextBlock(label=_("text"))

    class Meta:
        icon = "info-circle"
        label = _("notice")
        template = "blocks/callout.html"
        description = _("A short notice that must not be missed.")
        preview_value = {"tone": "info", "title": "Bon à savoir", "text": "L’inscription est gratuite."}  # noqa: RUF012


class StepBlock(blocks.StructBlock):
    """One step of a path."""

    title = blocks.CharBlock(max_length=120, label=_("title"))
    text = blocks.TextBlock(label=_("text"))

    class Meta:
        icon = "arrow-right"
        label = _("step")


class StepsBlock(blocks.ListBlock):
    """A numbered path."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(StepBlock(), **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("steps")
        template = "blocks/steps.html"
        description = _("What happens, step by step.")
        preview_value = [  # noqa: RUF012
            {"title": "Vous appelez", "text": "Nous vous rappelons dans la semaine."},
            {"title": "Nous analysons", "text": "Ensemble, nous regardons ce qui bloque."},
        ]


class DetailsBlock(blocks.ListBlock):
    """Questions and answers that unfold."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(StepBlock(label=_("question")), **kwargs)

    class Meta:
        icon = "help"
        label = _("questions and answers")
        template = "blocks/details.html"
        description = _("Answers that unfold one by one.")
        preview_value = [{"title": "Faut-il un compte ?", "text": "Non."}]  # noqa: RUF012


class TermBlock(blocks.StructBlock):
    """A word or an abbreviation, and what it means."""

    term = blocks.CharBlock(max_length=120, label=_("word"))
    meaning = blocks.TextBlock(label=_("meaning"))

    class Meta:
        icon = "openquote"
        label = _("word and meaning")


class TermsBlock(blocks.ListBlock):
    """Words explained, in the alphabetical order of the page's language; each can be linked to by its own anchor."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(TermBlock(), **kwargs)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"terms": sorted(value, key=lambda each: each["term"].casefold())}

    class Meta:
        icon = "list-ul"
        label = _("words explained")
        template = "blocks/terms.html"
        description = _("Words and abbreviations, each with its meaning.")
        preview_value = [{"term": "ETHOS", "meaning": "La typologie européenne de l’absence de chez-soi."}]  # noqa: RUF012


class QuoteBlock(blocks.StructBlock):
    """Someone else's words."""

    text = blocks.TextBlock(label=_("text"))
    source = blocks.CharBlock(required=False, max_length=160, label=_("source"))

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "blocks/quote.html"
        description = _("Someone else's words, with their source.")
        preview_value = {"text": "Un chez-soi d’abord.", "source": "Principe du modèle"}  # noqa: RUF012
