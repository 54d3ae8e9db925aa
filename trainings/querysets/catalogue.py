"""Queries of the catalogue."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q
from wagtail.query import PageQuerySet

from core.languages import current_language
from core.pages.own_words import in_own_words


class ModuleQuerySet(models.QuerySet):
    """Modules."""

    def with_interest(self) -> Self:
        """Adds `interested_count`: how many confirmed emails wait for a date."""
        waiting = Q(interests__confirmed_at__isnull=False, interests__notified_at=None)
        return self.annotate(interested_count=Count("interests", filter=waiting))


class ModulePageQuerySet(PageQuerySet):
    """Sheets."""

    def catalogue_rows(self) -> Any:
        """Lean rows of the live sheets with the facts of their modules: one query however many there are."""
        language = current_language()
        facts = ("number", "programme", "format", "delivery", "days", "price", "languages", "is_example", "theme__slug")
        return (
            self.live()
            .filter(in_own_words())
            .order_by()
            .annotate(theme_name=F(f"module__theme__name_{language}"))
            .values("pk", "module_id", "title", "slug", "intro", "listing_summary", "theme_name", *(f"module__{fact}" for fact in facts))
        )

    def matching(self, search_text: str) -> list[int]:
        """The ids of the pages that match all words of `search_text`, best first; where none does, those with words that begin so."""
        pages = self.live().only("pk")
        found = [page.pk for page in pages.search(search_text, operator="and")]
        return found or [page.pk for page in pages.autocomplete(search_text, operator="and")]

    def for_modules(self, module_ids: Any) -> Any:
        """The live pages of some modules, by title."""
        return self.live().filter(in_own_words(), module__in=module_ids).select_related("module").order_by("title")
