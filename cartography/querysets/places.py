"""Queries of places and submissions."""

import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce, TruncDate

from cartography.directory.entries import Entry, build_entries, matching
from cartography.directory.listing import DIRECTORY, PlaceBrowser
from cartography.enums import VISIBLE, PlaceStatus, Precision, SubmissionStatus
from core.browsing.state import State
from core.languages import current_language

# What an entry of the list is made of: no text longer than its summary.
FACTS = (
    *("pk", "slug", "name_fr", "name_nl", "nis", "postal_code", "region", "sector__slug", "practices", "languages"),
    *("checked_on", "status", "is_example", "lat", "lon", "is_point_placed", "is_open_to_placements"),
)


class PlaceQuerySet(models.QuerySet):
    """Places."""

    def visible(self) -> Any:
        """What readers may see."""
        return self.filter(status__in=VISIBLE)

    def rows(self) -> Any:
        """Lean rows of the visible places in the reader's language: one query however many there are."""
        language = current_language()
        named = {"sector_name": models.F(f"sector__name_{language}"), "summary": models.F(f"summary_{language}")}
        return self.visible().order_by("name_fr", "pk").annotate(**named).values(*FACTS, *named, "summary_fr")

    def entries(self, *, language: str, today: datetime.date) -> list[Entry]:
        """Every visible place as list and map show it. One query."""
        return build_entries(self.rows(), language=language, today=today)

    def found(self, state: State, *, language: str, today: datetime.date) -> list[Entry]:
        """The places that answer a state, in its order: what map, print sheet and downloads share. One query."""
        entries = self.entries(language=language, today=today)
        browser = PlaceBrowser()
        wanted = set(matching(entries, state.search_text)) if state.search_text else None
        within = entries if wanted is None else [entry for entry in entries if entry.page_id in wanted]
        return browser.in_order(browser.apply(within, state).entries, state.sort or DIRECTORY.sorts[0])

    def to_place(self) -> Any:
        """Shown by their address, with a point that is still that of the postal code."""
        return self.filter(precision=Precision.ADDRESS, is_point_placed=False).exclude(status=PlaceStatus.WITHDRAWN)

    def reached_at(self, email: str) -> Any:
        """Places whose record shows an email."""
        return self.filter(email__iexact=email.strip()).order_by("pk")

    def due(self, before: datetime.date) -> Any:
        """Published places last checked, or never and published, before a day; the longest ago first."""
        known_since = Coalesce("checked_on", TruncDate("published_at"))
        return (
            self.filter(status=PlaceStatus.PUBLISHED)
            .annotate(known_since=known_since)
            .filter(known_since__lt=before)
            .order_by("known_since", "pk")
        )


class SubmissionQuerySet(models.QuerySet):
    """Proposals, reports and edits."""

    def open(self) -> Any:
        """What a moderator has to decide, the oldest first."""
        return self.filter(status=SubmissionStatus.OPEN).order_by("created_at", "pk")

    def sent_by(self, email: str) -> Any:
        """Submissions sent from an email, the oldest first."""
        return self.filter(email__iexact=email.strip()).order_by("created_at", "pk")

    def proposing(self, email: str) -> Any:
        """Submissions that would show an email on the map."""
        return self.filter(values__email__iexact=email.strip())
