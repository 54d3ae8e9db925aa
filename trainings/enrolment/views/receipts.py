"""The receipt of an enrolment form: what was answered, signed, and nothing about a person.

Every form that is accepted gets one, a first enrolment or a repeated one: see docs/decisions/0006-second-enrolment.md.
"""

import datetime
from dataclasses import dataclass

from django.core import signing

SALT = "trainings.receipt"
VALID = datetime.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The session, the answer given (rank 0: a seat; else the rank on the waiting list) and when."""

    session_reference: str
    rank: int
    answered_at: datetime.datetime

    @property
    def is_confirmed(self) -> bool:
        return self.rank == 0

    def sign(self) -> str:
        """The receipt as the last part of an address."""
        return signing.dumps([self.session_reference, self.rank, int(self.answered_at.timestamp())], salt=SALT)


def read_receipt(token: str) -> Receipt | None:
    """The receipt of an address, None where we did not sign it."""
    try:
        reference, rank, moment = signing.loads(token, salt=SALT, max_age=VALID)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Receipt(session_reference=reference, rank=rank, answered_at=datetime.datetime.fromtimestamp(moment, datetime.UTC))
