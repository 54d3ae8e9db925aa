"""One thing found."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What it looks like."""

    NATIONAL_NUMBER = "national_number", _("national register number")
    PHONE = "phone", _("telephone number")
    BIRTH_DATE = "birth_date", _("date of birth")
    EMAIL = "email", _("e-mail address")
    NAME = "name", _("name of a person")


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text that looks like a person's details."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)
