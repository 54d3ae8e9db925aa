"""The pages one response links to, with their translations.

Menus, language switcher, hreflang and the links of a page all ask for pages by their French row and show them in the
reader's language. One by one that would be a query each; here the first lookup prefetches all of them in one query.
"""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Case, F, When
from django.http import HttpRequest
from wagtail.models import Page

from core.languages import current_language
from core.page_cache.kept import kept
from core.pages.own_words import in_own_words

if TYPE_CHECKING:
    from core.models.navigation import SiteTexts

MENUS = ("main_menu", "footer_menu")


class LinkedPages:
    """Pages by key and language. One query for all that was asked until then; a second only for what comes later."""

    def __init__(self) -> None:
        self._families: dict[int, Any] = {}
        self._versions: dict[Any, dict[str, Page]] = {}
        self._live: dict[int, Page] = {}

    def read(self, page_ids: Iterable[int]) -> None:
        """Reads the families of these pages, unless they are known."""
        missing = {each for each in page_ids if each} - self._families.keys()
        if not missing:
            return
        self._families |= dict.fromkeys(missing)
        self._read_families(Page.objects.filter(pk__in=missing))

    def read_above(self, page: Page) -> list[int]:
        """Reads the families of all pages above `page`, the root of its language included. Their keys, the deepest first. One query."""
        paths = [page.path[:end] for end in range(2 * Page.steplen, len(page.path), Page.steplen)]
        above = [each for each in self._read_families(Page.objects.filter(path__in=paths)) if each.path in paths]
        return [each.pk for each in sorted(above, key=lambda each: each.depth, reverse=True)]

    def add(self, others: "LinkedPages") -> None:
        """What another has read; nothing of it is changed."""
        self._families |= others._families
        self._versions |= {key: dict(versions) for key, versions in others._versions.items()}
        self._live |= others._live

    def _read_families(self, pages: Any) -> list[Page]:
        """The pages with all their translations."""
        found = Page.objects.filter(translation_key__in=pages.values("translation_key")).select_related("locale", "untranslated")
        read = list(found.annotate(has_own_words=Case(When(in_own_words(), then=True), default=False)))
        for page in read:
            self._families[page.pk] = page.translation_key
            versions = self._versions.setdefault(page.translation_key, {})
            if page.live:
                self._live[page.pk] = page
            if page.live and page.has_own_words:
                versions[page.locale.language_code] = page
        return read

    def versions(self, page_id: int) -> dict[str, Page]:
        """The live pages of a family that have words in their language, by language."""
        self.read([page_id])
        return self._versions.get(self._families[page_id], {})

    def in_language(self, page_id: int, language: str) -> Page | None:
        """The live page of `language` in the family of `page_id`, else the live page itself."""
        return self.versions(page_id).get(language) or self._live.get(page_id)

    def words_of(self, page_id: int) -> str:
        """The language a live page is written in where that is not its own, as far as somebody said so; else empty."""
        self.read([page_id])
        page = self._live.get(page_id)
        untranslated = getattr(page, "untranslated", None)
        return untranslated.language if untranslated else ""


def linked_pages(request: HttpRequest | None) -> LinkedPages:
    """The pages loaded so far for this request; none without a request."""
    known = getattr(request, "_linked_pages", None)
    if known is None:
        known = LinkedPages()
        if request is not None:
            setattr(request, "_linked_pages", known)  # noqa: B010 (as Wagtail keeps its site on the request)
            route = getattr(request, "_wagtail_route_for_request", None)
            shown = [route.page.pk] if route else []
            named = menu_page_ids(site_texts_for(request))
            for each in (named, shown):
                if pages := kept(("linked pages", *each), partial(_read_apart, each), otherwise=lambda: None):
                    known.add(pages)
            known.read([*shown, *named])
    return known


def _read_apart(page_ids: list[int]) -> LinkedPages:
    """Pages that many responses link to, or that one page links to each time it is made."""
    pages = LinkedPages()
    pages.read(page_ids)
    return pages


def site_texts_for(request: HttpRequest | None) -> "SiteTexts | None":
    """Menus and shared texts in the active language. One query per request."""
    language = current_language()
    rows: dict[str, SiteTexts | None] = getattr(request, "_texts_rows", {})
    if language not in rows:
        texts = apps.get_model("core", "SiteTexts").objects.annotate(privacy_key=F("privacy_page__translation_key"))
        rows[language] = kept(("texts", language), texts.filter(locale__language_code=language).first)
        if request is not None:
            setattr(request, "_texts_rows", rows)  # noqa: B010
    return rows[language]


def menu_entries(texts: "SiteTexts", menu: str) -> list[dict[str, Any]]:
    """The entries of a menu as stored: a block value would load every page it links to."""
    return [item["value"] for item in getattr(texts, menu).raw_data]


def children_of(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines below a line."""
    return [child.get("value", child) for child in entry.get("children") or []]


def menu_page_ids(texts: "SiteTexts | None") -> list[int]:
    """The pages both menus name."""
    if texts is None:
        return []
    links = (link for menu in MENUS for entry in menu_entries(texts, menu) for link in (entry["link"], *children_of(entry)))
    return [link["page"] for link in links if link.get("page")]
