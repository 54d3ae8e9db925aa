"""Full-text search inside files: the best matching page of each work, with the passage around the match.

On PostgreSQL each page is read under its own language (the configurations of `core/0004`), whatever the reader's: a Dutch
reader finds a French text. The column `words` holds what is searched (migration 0005; only PostgreSQL has it). On SQLite
accents are forgiven, word endings are not (docs/search.md).
"""

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from core.languages import Language
from core.text.comparison import folded, search_terms
from publications.enums import EditionStatus
from publications.library.entries import Hit

# Characters no text contains: they mark the match until it is escaped for HTML.
OPEN, CLOSE = "\x02", "\x03"
HEADLINE = f'StartSel="{OPEN}", StopSel="{CLOSE}", MaxFragments=1, MaxWords=24, MinWords=12'
AROUND = 90

ONE_LANGUAGE = """
    SELECT edition.work_id, edition.reference, found.id, found.page, found.language, ts_rank(found.words, query) AS rank
    FROM plainto_tsquery('{config}', %(search_text)s) AS query, publications_pagetext AS found
    JOIN publications_edition AS edition ON edition.current_file_id = found.file_id
    JOIN publications_work AS work ON work.id = edition.work_id
    WHERE found.language = '{language}' AND edition.status = %(published)s AND work.withdrawn_on IS NULL
      AND found.words @@ query
"""
BEST = """
    WITH hits AS ({each}), best AS (
        SELECT DISTINCT ON (work_id) * FROM hits ORDER BY work_id, rank DESC, (language = %(reader)s) DESC, page
    )
    SELECT work_id, reference, id, page, language FROM best ORDER BY rank DESC, work_id
"""
SNIPPETS = """
    SELECT id, ts_headline(config, text, plainto_tsquery(config, %(search_text)s), %(headline)s)
    FROM publications_pagetext, LATERAL (SELECT ('smes_' || language)::regconfig AS config) AS own
    WHERE id = ANY(%(ids)s)
"""


class PageTextQuerySet(models.QuerySet):
    """Texts of pages."""

    def best_pages(self, search_text: str, *, language: str) -> dict[int, Hit]:
        """{work: its best page that matches all words of `search_text`}, best first. One query, however many works there are."""
        best = self._best_on_postgresql if connection.vendor == "postgresql" else self._best_elsewhere
        rows = best(search_text, language)
        return {work: Hit(reference=reference, text=text, page=page, language=code) for work, reference, text, page, code in rows}

    def snippets(self, search_text: str, hits: Iterable[Hit]) -> dict[int, tuple[str, ...]]:
        """{text: the passage around the match}. One query; a snippet costs far more than a match: ask only for hits that are shown."""
        ids = [hit.text for hit in hits]
        if not ids:
            return {}
        if connection.vendor != "postgresql":
            asked = (search_terms(folded(search_text)) or [""])[0]
            return {pk: around(text, plain, asked) for pk, text, plain in self.filter(pk__in=ids).values_list("pk", "text", "folded")}
        with connection.cursor() as cursor:
            cursor.execute(SNIPPETS, {"search_text": search_text, "headline": HEADLINE, "ids": ids})
            return {pk: parts_of(headline) for pk, headline in cursor.fetchall()}

    def _best_on_postgresql(self, search_text: str, language: str) -> list[Any]:
        each = " UNION ALL ".join(ONE_LANGUAGE.format(config=f"smes_{code}", language=code) for code in Language.values)
        with connection.cursor() as cursor:
            named = {"search_text": search_text, "published": EditionStatus.PUBLISHED.value, "reader": language}
            cursor.execute(BEST.format(each=each), named)
            return cursor.fetchall()

    def _best_elsewhere(self, search_text: str, language: str) -> list[Any]:
        pages = self.filter(file__edition__status=EditionStatus.PUBLISHED, file__edition__work__withdrawn_on=None)
        pages = pages.filter(file__edition__current_file=models.F("file"))
        for word in search_terms(folded(search_text)):
            pages = pages.filter(folded__contains=word)
        best: dict[int, Any] = {}
        for row in pages.order_by("page").values_list("file__edition__work", "file__edition__reference", "pk", "page", "language"):
            work, _reference, _text, page, code = row
            if work not in best or (code == language and best[work][4] != language and best[work][3] == page):
                best[work] = row
        return list(best.values())


def parts_of(headline: str) -> tuple[str, ...]:
    """Text outside and inside the match, in turn."""
    return tuple(re.sub(r"\s+", " ", part) for part in headline.replace(CLOSE, OPEN).split(OPEN)) if headline else ()


def around(text: str, plain: str, word: str) -> tuple[str, ...]:
    """The same from a plain text; `plain` is as long as `text` or no snippet is made."""
    at = plain.find(word)
    if at < 0 or len(plain) != len(text):
        return ()
    start, end = max(0, text.rfind(" ", 0, max(0, at - AROUND)) + 1), at + len(word)
    return text[start:at], text[at:end], text[end : end + AROUND].rsplit(" ", 1)[0]
