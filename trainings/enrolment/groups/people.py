"""What a contact tells of her colleagues, and the limits of a group."""

from dataclasses import dataclass

from trainings.enrolment.enrol import EnrolmentData
from trainings.seats.modes import GroupMode

# With the contact. More than that is a training of its own, at home.
MOST_PLACES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Who a place is for. Organisation and sector are those of the place; no language: the contact's."""

    name: str
    email: str
    function: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupData:
    """All answers of the form: the contact is asked once what all of them share. `unnamed`: places whose names follow."""

    contact: EnrolmentData
    takes_part: bool = True
    colleagues: tuple[Colleague, ...] = ()
    unnamed: int = 0
    mode: GroupMode = GroupMode.AS_MANY_AS_FIT

    @property
    def places(self) -> int:
        return self.takes_part + len(self.colleagues) + self.unnamed


class AlreadyEnrolled(Exception):
    """This address has a place in the session already."""


class NotReplaceable(Exception):
    """The place is cancelled, or its person was at a meeting: it cannot go to somebody else."""
