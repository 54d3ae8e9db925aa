"""What packages write the English way in every language, and offer no setting for."""

from wagtail_localize import models
from wagtail_localize.views import edit_translation

# 30/11/2026 is read alike in French, Dutch and English; "30 Nov 2026" is English only.
NUMERIC = "%d/%m/%Y"


def register() -> None:
    """Called when the site starts."""
    models.DATE_FORMAT = edit_translation.DATE_FORMAT = NUMERIC
