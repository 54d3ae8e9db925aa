"""Consent texts. The register of consents stores their version; a text that was used is never changed.

To change one: add a version, name it in CURRENT, keep the old line.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDINGS: dict[str, Promise] = {
    "form-2026-11": _(
        "I want the Smes newsletter at this address, about once a month. I can leave at any moment, by the link in each mail."
        " Nobody else gets my address."
    ),
    "enrolment-2026-11": _("Send me the monthly newsletter"),
}
FORM = "form-2026-11"
ENROLMENT = "enrolment-2026-11"
