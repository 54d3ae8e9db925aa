"""Pictures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class FigureBlock(blocks.StructBlock):
    """A picture with its alternative text and an optional caption."""

    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(required=False, max_length=240, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("picture")
        template = "blocks/figure.html"
        description = _("A picture with a caption.")
