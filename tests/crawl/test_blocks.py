"""Every block an editor may choose, in whatever app: described, drawn by a template, and shown in the picker."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block, StreamBlock
from wagtail.fields import StreamField

from tests.apps import OURS
from tests.core.block_words import main_text, words_of
from tests.core.factories import UserFactory


def blocks_to_choose() -> dict[str, Block]:
    """The blocks of every stream of our models, and of streams within them. Shape: {class: one block}."""
    found: dict[str, Block] = {}

    def look(stream: StreamBlock) -> None:
        for block in stream.child_blocks.values():
            found.setdefault(type(block).__name__, block)
            for child in getattr(block, "child_blocks", {}).values():
                if isinstance(child, StreamBlock):
                    look(child)

    for model in (model for app in sorted(OURS) for model in apps.get_app_config(app).get_models()):
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                look(field.stream_block)
    return found


BLOCKS = blocks_to_choose()
# An issue of the newsletter is no page of blocks: its composer draws it as mail and as page, and previews it whole.
COMPOSED = "newsletter."
drawn_block = pytest.mark.parametrize(
    "block", [pytest.param(each, id=name) for name, each in BLOCKS.items() if not type(each).__module__.startswith(COMPOSED)]
)


def test_there_are_blocks() -> None:
    assert {"HeadingBlock", "TextBlock", "FigureBlock", "ChartBlock", "DoorBlock", "MenuBlock"} <= set(BLOCKS)


@drawn_block
def test_an_editor_reads_what_it_is_for(block: Block) -> None:
    assert block.get_description()


@drawn_block
def test_it_is_drawn_by_a_template_of_its_own(block: Block) -> None:
    assert getattr(block.meta, "template", None)


@drawn_block
@pytest.mark.django_db
def test_it_is_shown_in_the_picker(block: Block) -> None:
    assert block.is_previewable
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    response: Any = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    shown = main_text(response.content.decode())
    words = words_of(block, block.get_preview_value())
    assert words, "a sample says something"
    assert [each for each in words if each not in shown] == []
