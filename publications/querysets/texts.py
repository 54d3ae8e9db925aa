"""Words inside files: the best page of each work that holds them, with what stands around.

On PostgreSQL each page is read under its own language (the configurations of `core/0004`), whatever the reader's: a Dutch
reader finds a French text. The column `words` holds what is searched (migration 0005; only PostgreSQL has it). On SQLite
accents are forgiven, word endings are not (docs/search.md).
"""

import re
from typing import Any

from django.db import connection, models

from core.browsing.suggestions import folded
from core.languages import Language
from publications.enums import EditionStatus
from publications.library.entries import Hit

# Signs no text holds: they mark the match until it is escaped for HTML.
OPEN, CLOSE = "\x02", "\x03"
HEADLINE = f'StartSel="{OPEN}", StopSel="{CLOSE}", MaxFragments=1, MaxWords=24, MinWords=12'
# A snippet costs far more than a match: only the best get one, more than any page of the library shows.
MOST_SNIPPETS = 60
AROUND = 90

ONE_LANGUAGE = """
    SELECT edition.work_id, edition.reference, found.page, found.language, found.id, '{config}'::regconfig AS config, query,
           ts_rank(found.words, query) AS rank
    FROM plainto_tsquery('{config}', %(words)s) AS query, publications_pagetext AS found
    JOIN publications_edition AS edition ON edition.current_file_id = found.file_id
    JOIN publications_work AS work ON work.id = edition.work_id
    WHERE found.language = '{language}' AND edition.status = %(published)s AND work.withdrawn_on IS NULL
      AND found.words @@ query
"""
BEST = """
    WITH hits AS ({each}), best AS (
        SELECT DISTINCT ON (work_id) * FROM hits ORDER BY work_id, rank DESC, (language = %(reader)s) DESC, page
    ), ranked AS (SELECT *, row_number() OVER (ORDER BY rank DESC, work_id) AS place FROM best)
    SELECT work_id, reference, page, language, CASE WHEN place <= %(snippets)s THEN
               (SELECT ts_headline(config, text, query, %(headline)s) FROM publications_pagetext AS found WHERE found.id = ranked.id)
           ELSE '' END
    FROM ranked ORDER BY place
"""


class PageTextQuerySet(models.QuerySet):
    """Texts of pages."""

    def best_pages(self, words: str, *, language: str) -> dict[int, Hit]:
        """{work: where it holds all `words`}, best first. One query, however many works there are."""
        rows = self._on_postgresql(words, language) if connection.vendor == "postgresql" else self._elsewhere(words, language)
        return {work: Hit(reference=reference, page=page, language=code, parts=parts) for work, reference, page, code, parts in rows}

    def _on_postgresql(self, words: str, language: str) -> list[Any]:
        each = " UNION ALL ".join(ONE_LANGUAGE.format(config=f"smes_{code}", language=code) for code in Language.values)
        asked: dict[str, str | int] = {
            "words": words,
            "published": EditionStatus.PUBLISHED.value,
            "reader": language,
            "headline": HEADLINE,
            "snippets": MOST_SNIPPETS,
        }
        with connection.cursor() as cursor:
            cursor.execute(BEST.format(each=each), asked)
            return [(*row[:4], parts_of(row[4])) for row in cursor.fetchall()]

    def _elsewhere(self, words: str, language: str) -> list[Any]:
        asked = folded(words).split()
        pages = self.filter(file__edition__status=EditionStatus.PUBLISHED, file__edition__work__withdrawn_on=None)
        pages = pages.filter(file__edition__current_file=models.F("file"))
        for word in asked:
            pages = pages.filter(folded__contains=word)
        best: dict[int, Any] = {}
        rows = pages.order_by("page").values_list("file__edition__work", "file__edition__reference", "page", "language", "text", "folded")
        for work, reference, page, code, text, plain in rows:
            if work not in best or (code == language and best[work][3] != language and best[work][2] == page):
                best[work] = (work, reference, page, code, around(text, plain, asked[0] if asked else ""))
        return list(best.values())


def parts_of(headline: str) -> tuple[str, ...]:
    """Words outside and inside the match, in turn."""
    return tuple(re.sub(r"\s+", " ", part) for part in headline.replace(CLOSE, OPEN).split(OPEN)) if headline else ()


def around(text: str, plain: str, word: str) -> tuple[str, ...]:
    """The same from a plain text; `plain` is as long as `text` or no snippet is made."""
    at = plain.find(word)
    if at < 0 or len(plain) != len(text):
        return ()
    start, end = max(0, text.rfind(" ", 0, max(0, at - AROUND)) + 1), at + len(word)
    return text[start:at], text[at:end], text[end : end + AROUND].rsplit(" ", 1)[0]
