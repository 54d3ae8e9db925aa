"""Full addresses for mails and documents, in the language of the person who reads them."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def full_address(name: str, *args: object, language: str) -> str:
    """The address of one of our own views, e.g. `full_address("trainings:enrol", session.reference, language="nl")`."""
    with translation.override(language):
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=args)
