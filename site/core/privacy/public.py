"""The register of processing as the public page tells it: made from the declarations, so it says what the site does."""

from dataclasses import dataclass

from core.privacy.registry import Holding, registered


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the site, as readers know it, and what it holds."""

    label: str
    holdings: list[Holding]


def public_register() -> list[Part]:
    """In the active language; without what is about colleagues only."""
    parts = [Part(str(data.label), [each for each in data.holdings if each.is_public]) for data in registered()]
    return [part for part in parts if part.holdings]
