"""What a reader should find of a block on the page: the words and figures its editor typed."""

from collections.abc import Iterator
from typing import Any

from lxml import html
from wagtail import blocks

from core.text.numbers import written_number

# Typed, but read by the machine: how it looks, where it leads.
UNSEEN = blocks.ChoiceBlock | blocks.URLBlock | blocks.EmailBlock | blocks.PageChooserBlock | blocks.BooleanBlock


def words_of(block: blocks.Block, value: Any) -> list[str]:
    """The words of a value, in the order they were typed; figures as the language of the moment writes them."""
    return [" ".join(words.split()) for words in _typed(block, value) if words.strip()]


def _typed(block: blocks.Block, value: Any) -> Iterator[str]:
    if value is None or value == "" or isinstance(block, UNSEEN):
        return
    if isinstance(block, blocks.RichTextBlock):
        yield from map(str, html.fragment_fromstring(value.source, create_parent="div").itertext())
    elif isinstance(block, blocks.DecimalBlock | blocks.FloatBlock):
        yield written_number(value)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.IntegerBlock):
        yield str(value)
    for child, inner in _children(block, value):
        yield from _typed(child, inner)


def _children(block: blocks.Block, value: Any) -> list[tuple[blocks.Block, Any]]:
    if isinstance(block, blocks.StructBlock):
        return [(child, value.get(name)) for name, child in block.child_blocks.items()]
    if isinstance(block, blocks.ListBlock):
        return [(block.child_block, each) for each in value]
    return [(each.block, each.value) for each in value] if isinstance(block, blocks.StreamBlock) else []


def main_text(page: str) -> str:
    """What stands in the main part of a page, on one line."""
    [main] = html.document_fromstring(page).iter("main")
    return " ".join(main.text_content().split())
