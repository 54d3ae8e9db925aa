"""How a test asks for a figure as the report does."""

from core.figures.definitions import Breakdown, Count, Definition, Source
from core.figures.period import Period, Scope


def scope_of(year: int) -> Scope:
    return Scope(Period.of_year(year))


def definition(sources: tuple[Source, ...], key: str) -> tuple[Source, Definition]:
    return next((source, each) for source in sources for each in source.definitions if each.key == key)


def counted(sources: tuple[Source, ...], key: str, year: int = 2026) -> Count:
    found = _counted(sources, key, year)
    assert isinstance(found, Count)
    return found


def broken_down(sources: tuple[Source, ...], key: str, year: int = 2026) -> Breakdown:
    found = _counted(sources, key, year)
    assert isinstance(found, Breakdown)
    return found


def parts(sources: tuple[Source, ...], key: str, year: int = 2026) -> dict[str, object]:
    return {part.code: part.value for part in broken_down(sources, key, year).parts}


def _counted(sources: tuple[Source, ...], key: str, year: int) -> Count | Breakdown:
    source, found = definition(sources, key)
    return found.count(source.read(scope_of(year)))


def opens_what_it_counts(sources: tuple[Source, ...], year: int = 2026) -> list[str]:
    """The figures that are not equal to the rows they open."""
    scope, wrong = scope_of(year), []
    for source in sources:
        read = source.read(scope)
        for each in source.definitions:
            found = each.count(read)
            assert found, each.key
            if each.rows is None:
                continue
            if isinstance(found, Count):
                wrong += [each.key] if (found.value or 0) != each.rows(scope, "").total() else []
            else:
                wrong += [f"{each.key}: {part.code}" for part in found.parts if part.value != each.rows(scope, part.code).total()]
                wrong += [f"{each.key}: unknown"] if found.unknown != each.rows(scope, "").total() else []
    return wrong
