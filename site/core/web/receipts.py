"""Receipts: the answer to a form, signed, as the last part of a URL. They hold no personal data.

Every accepted form gets one, a first or a repeated one: see docs/decisions/0006-second-enrolment.md.
"""

import datetime
from dataclasses import dataclass, fields
from typing import ClassVar, Self

from django.core import signing

VALID = datetime.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """A subclass declares its fields, plain values, and a salt of its own."""

    salt: ClassVar[str]

    def sign(self) -> str:
        """The receipt as the last part of a URL."""
        return signing.dumps([getattr(self, each.name) for each in fields(self)], salt=self.salt)

    @classmethod
    def read(cls, token: str) -> Self | None:
        """The receipt of a URL; None where we did not sign it, or too long ago."""
        try:
            return cls(*signing.loads(token, salt=cls.salt, max_age=VALID))
        except (signing.BadSignature, ValueError, TypeError):
            return None
