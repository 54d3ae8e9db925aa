"""What a good file leaves to be wished, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publications.models import EditionFile

UNTAGGED = _(
    "This PDF is not tagged: screen readers cannot follow it. Export it again with “tagged PDF” (PDF/UA) on. Until then the summary on the "
    "page is what such readers have."
)
OTHER_LANGUAGE = _(
    "The language in the file is not one of this edition: screen readers would read it with the wrong voice. Set it in the document's "
    "properties and export it again."
)
UNNAMED = _("The file does not say its title or its language. Set them in the document's properties and export it again.")


def warnings_of(file: EditionFile) -> list[Promise]:
    """Read before readers get the file, and beside it afterwards."""
    found = {
        UNTAGGED: not file.is_tagged,
        OTHER_LANGUAGE: file.is_read_in_another_language,
        UNNAMED: not file.pdf_title or not file.pdf_language,
    }
    return [warning for warning, is_due in found.items() if is_due]
