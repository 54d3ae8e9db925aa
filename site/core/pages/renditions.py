"""The resized copies of pictures a page shows: made when it is published, not by its first reader, who would wait for seconds."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.images.models import AbstractRendition, SourceImageIOError
from wagtail.models import Page

SHARED = "fill-1200x630|format-jpeg"  # as social networks cut it
FIGURE = "figure"


def shared_rendition(page: Any) -> AbstractRendition | None:
    """The picture a shared link shows: the page's own, else that of its listings, else none."""
    image = page.social_image or page.listing_image
    return image.get_rendition(SHARED) if image else None


def has_pictures(page: Any) -> bool:
    return bool(getattr(page, "social_image", None) or getattr(page, "listing_image", None) or any(_figures_of(page)))


def make_renditions(page: Any) -> int:
    """Makes what is missing; how many pictures there are. A picture that cannot be read is left to who looks at its page."""
    count = 0
    try:
        count += shared_rendition(page) is not None
        for figure in _figures_of(page):
            figure.render()  # its template says which sizes there are
            count += 1
    except SourceImageIOError:
        return count
    return count


def _figures_of(page: Page) -> Iterator[StreamValue.StreamChild]:
    streams = (getattr(page, field.name) for field in page._meta.get_fields() if isinstance(field, StreamField))
    return (child for stream in streams for child in stream or () if child.block_type == FIGURE)
