"""The figures of the follow-up for the report of a year: each subject gives its own."""

from core.figures.definitions import Source

SOURCES: tuple[Source, ...] = ()
