"""Image blocks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from core.text.file_names import is_file_name


class DescribedImageBlock(ImageBlock):
    """A picture whose alternative text is words, and no name of a file."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation or not cleaned or cleaned.decorative:
            return cleaned
        if is_file_name(cleaned.contextual_alt_text or "", of=cleaned.file.name or ""):
            words = _("This is the name of a file. Say what the picture shows, for those who do not see it.")
            raise StructBlockValidationError(block_errors={"alt_text": ValidationError(words)})
        return cleaned


class FigureBlock(blocks.StructBlock):
    """A picture with its alternative text and an optional caption."""

    image = DescribedImageBlock(label=_("image"))
    caption = blocks.CharBlock(required=False, max_length=240, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("picture")
        template = "blocks/figure.html"
        description = _("A picture with a caption.")

    def get_preview_value(self) -> Any:
        """The latest picture of the library; without one the template draws threads in its place."""
        return self.normalize({"image": get_image_model().objects.last(), "caption": "Une légende dit ce que l’on voit."})
