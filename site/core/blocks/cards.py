"""Blocks of links, and listings from the organisation directory."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.links import LinkBlock
from core.blocks.organisations import organisations_with_role


class LinksBlock(blocks.ListBlock):
    """A short list of ways onward."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(LinkBlock(), **kwargs)

    class Meta:
        icon = "link"
        label = _("links")
        template = "blocks/links.html"
        description = _("A short list of links to read on.")
        preview_value = [{"url": "https://example.org/", "text": "Un exemple", "page": None}]  # noqa: RUF012


class OrganisationsBlock(blocks.StructBlock):
    """The organisations of the directory that have one role."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("title"))
    role = blocks.ChoiceBlock(
        choices=[("member_ag_2024", _("members of the general assembly")), ("partner", _("partners"))],
        label=_("role"),
    )

    class Meta:
        icon = "group"
        label = _("organisations")
        template = "blocks/organisations.html"
        description = _("Organisations of the directory, by role.")
        preview_value = {"title": "Membres", "role": "member_ag_2024"}  # noqa: RUF012

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["organisations"] = organisations_with_role(value["role"])
        return context
