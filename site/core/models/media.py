"""Custom image and document models, from the start: replacing Wagtail's later is a costly migration."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


class CustomImage(AbstractImage):
    """A picture. `description` is its alternative text; a page may give a better one where it places the picture."""

    credit = models.CharField(_("credit"), max_length=120, blank=True)

    admin_form_fields = ("title", "file", "description", "credit", "collection", "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class Rendition(AbstractRendition):
    """A resized copy of an image."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="core_rendition_is_unique")
        ]


class CustomDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
