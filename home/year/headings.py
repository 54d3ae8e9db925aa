"""The headings of the parts every year has, for the page and its PDF. Shape: {name of the field: words}."""

from django.utils.translation import gettext_lazy as _

HEADINGS = {
    "stories": _("Stories of the year"),
    "outlook": _("What comes next"),
    "funding": _("Who made it possible"),
    "sources": _("Where these figures come from"),
    "tables": _("All the figures of the year"),
}
