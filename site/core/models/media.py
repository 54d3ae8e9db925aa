"""Custom image and document models, from the start: replacing Wagtail's later is a costly migration."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError

from core.text.file_names import is_file_name

NO_FILE_NAME = _("This is the name of a file. Say what the picture shows, for those who do not see it.")


class CustomImage(AbstractImage):
    """A picture. `description` is its alternative text; a page may give a better one where it places the picture."""

    credit = models.CharField(_("credit"), max_length=120, blank=True)

    admin_form_fields = ("title", "file", "description", "credit", "collection", "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def clean(self) -> None:
        super().clean()
        if self.description and is_file_name(self.description, of=self.file.name or ""):
            raise ValidationError({"description": NO_FILE_NAME})

    def get_rendition(self, filter: Any) -> Any:
        """A page is shown without a picture whose file cannot be read, or whose copy cannot be written."""
        try:
            return super().get_rendition(filter)
        except OSError as error:
            raise SourceImageIOError(str(error.strerror)) from error

    def get_renditions(self, *filters: Any) -> Any:
        try:
            return super().get_renditions(*filters)
        except OSError as error:
            raise SourceImageIOError(str(error.strerror)) from error

    @property
    def default_alt_text(self) -> str:
        """Wagtail falls back to the title, which begins as the name of the file: better none, which its editor is asked for."""
        title = "" if is_file_name(self.title, of=self.file.name or "") else self.title
        return str(self.description or title)


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
