"""Blocks of an issue: sections of picked items, and free text. A picked page brings its own text; an editor may shorten it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.text.dates import written
from newsletter.enums.issues import SectionKind
from trainings.models import Session


class ItemBlock(blocks.StructBlock):
    """One item: a page of the site, or an external URL. Title and text default to those of the page."""

    page = blocks.PageChooserBlock(required=False, label=_("page of the site"))
    url = blocks.URLBlock(required=False, label=_("or address elsewhere"))
    title = blocks.CharBlock(required=False, max_length=160, label=_("title"), help_text=_("Empty: the page's own."))
    text = blocks.TextBlock(required=False, max_length=600, rows=3, label=_("words"), help_text=_("Empty: the page's introduction."))
    note = blocks.CharBlock(required=False, max_length=120, label=_("line above"), help_text=_("A date, a newspaper, a place."))

    class Meta:
        icon = "doc-empty-inverse"
        label = _("item")
        label_format = "{title} {page}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned.get("page") and cleaned.get("url"):
            raise blocks.StructBlockValidationError({"url": ValidationError(_("A page or an address: one of the two."))})
        if not cleaned.get("page") and not cleaned.get("title"):
            raise blocks.StructBlockValidationError({"title": ValidationError(_("Give a title, or choose a page."))})
        return cleaned


def session_choices() -> list[tuple[str, str]]:
    """The sessions of the catalogue that are or were announced, the latest first."""
    sessions = Session.objects.in_catalogue().visible().select_related("module").with_dates().order_by("-starts_at")
    return [(str(session.pk), f"{written(session.starts_at)} · {session}") for session in sessions if session.starts_at]


class TrainingBlock(blocks.StructBlock):
    """A session with its date, place and free seats, which are counted when the issue is frozen."""

    session = blocks.ChoiceBlock(choices=session_choices, label=_("session"))
    title = blocks.CharBlock(required=False, max_length=160, label=_("title"), help_text=_("Empty: the sheet's own."))
    text = blocks.TextBlock(required=False, max_length=600, rows=3, label=_("words"))

    class Meta:
        icon = "date"
        label = _("training")


class SectionBlock(blocks.StructBlock):
    """A heading and its items. A section without items is not shown."""

    # Stored under this name, as is the block itself (ISSUE).
    rubric = blocks.ChoiceBlock(choices=SectionKind.choices, label=_("rubric"))
    items = blocks.StreamBlock([("item", ItemBlock()), ("training", TrainingBlock())], required=False, label=_("items"))

    class Meta:
        icon = "list-ul"
        label = _("rubric")
        label_format = "{rubric}"


class FreeTextBlock(blocks.RichTextBlock):
    """Free text between the sections."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**({"features": ["bold", "italic", "link", "ul", "ol"]} | kwargs))

    class Meta:
        icon = "pilcrow"
        label = _("free words")


ISSUE = [("rubric", SectionBlock()), ("text", FreeTextBlock())]
