"""Queries of the pages of publications."""

from typing import Any, Self

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, StringAgg, Value
from django.db.models.functions import Concat
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

from core.languages import current_language
from core.pages.own_words import in_own_words

FACTS = ("code", "number", "year", "published_on", "programme", "kind", "is_example", "withdrawn_on", "series__slug")


def is_private() -> Exists:
    """Of a page: private, or below a private page. In the query itself, where Wagtail's `public()` asks one before."""
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Exists(PageViewRestriction.objects.annotate(here=here).filter(here__startswith=F("page__path")))


class PublicationPageQuerySet(PageQuerySet):
    """Pages of publications."""

    def open_to_all(self) -> Self:
        """Live and not private."""
        return self.live().filter(~is_private())

    def library_rows(self) -> Any:
        """Lean rows with the facts of the works and `themes` (`code|name` a line): one query however many there are."""
        language = current_language()
        theme = Concat("work__themes__slug", Value("|"), f"work__themes__name_{language}")
        return (
            self.open_to_all()
            .filter(in_own_words())
            .order_by()
            .annotate(series_name=F(f"work__series__name_{language}"), themes=StringAgg(theme, Value("\n")))
            .values(
                *("pk", "work_id", "title", "slug", "subtitle", "intro", "listing_summary", "series_name", "themes"),
                *(f"work__{fact}" for fact in FACTS),
            )
        )

    def matching(self, search_text: str) -> list[int]:
        """The ids of the pages that match all words of `search_text`, best first. One query."""
        return [page.pk for page in self.live().only("pk").search(search_text, operator="and")]
