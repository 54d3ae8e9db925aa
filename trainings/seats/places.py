"""How many seats somebody who passes by would get, in numbers a page can say."""

from dataclasses import dataclass

from trainings.seats.rules import Allotment, Claim


@dataclass(frozen=True, slots=True)
class PlacesLeft:
    """`anybody`: seats for somebody of no kept sector. `kept`: more seats, for the sectors they are kept for.

    `most`: at most so many of one organisation. `is_freed`: a seat is free, and those who wait come first.
    """

    anybody: int = 0
    kept: int = 0
    most: int | None = None
    is_freed: bool = False

    @property
    def is_any(self) -> bool:
        """Whether somebody who enrols now may get a seat."""
        return self.anybody > 0 or self.kept > 0


def places_of(allotment: Allotment) -> PlacesLeft:
    """Measured by the rules and the waiting list; people who wait and may have a seat come before everybody who passes by."""
    left = allotment.left_for_newcomers()
    anybody = 0
    while left is not None and left.seat(Claim()):
        anybody += 1
    kept = left.free if left is not None else 0
    return PlacesLeft(anybody=anybody, kept=kept, is_freed=allotment.free > 0 and not anybody and not kept)
