"""The receipt of the enrolment form."""

import datetime
from dataclasses import dataclass

from core.web.receipts import SignedReceipt


@dataclass(frozen=True, slots=True)
class EnrolmentReceipt(SignedReceipt):
    """The session, the answer (rank 0: a seat; else the rank on the waiting list) and the time, as a timestamp."""

    salt = "trainings.receipt"

    session_reference: str
    rank: int
    answered: int

    @property
    def is_confirmed(self) -> bool:
        return self.rank == 0

    @property
    def answered_at(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(self.answered, datetime.UTC)
