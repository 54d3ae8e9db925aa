"""Image blocks."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
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

    def get_preview_value(self) -> Any:
        """The latest picture of the library; without one the template draws threads in its place."""
        return self.normalize({"image": get_image_model().objects.last(), "caption": "Une légende dit ce que l’on voit."})
