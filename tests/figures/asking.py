"""Organisations that asked, for tests of the report."""

from core.models import Organisation, Programme, Sector
from tests.core.factories import OrganisationFactory


def ask(number: int = 1, *, sector: Sector | None, year: int = 2024, programmes: str = Programme.SUPPORT) -> list[Organisation]:
    """`number` organisations of a sector asked some programmes in a year (see `tests.figures.sources`)."""
    return [*OrganisationFactory.create_batch(number, sector=sector, municipality=f"{programmes} {year}")]
