"""The types of pages the site has, found in its database: those of later apps included."""

from collections.abc import Callable
from itertools import cycle

Rows = Callable[[str], list[tuple[str, ...]]]
LIVE_PAGES = (
    "select ct.app_label || '.' || ct.model, l.language_code, p.url_path from wagtailcore_page p "
    "join django_content_type ct on ct.id = p.content_type_id join wagtailcore_locale l on l.id = p.locale_id "
    "where p.live and p.depth > 1 order by 1, length(p.search_description) desc, p.id"
)


def one_of_each_type(rows: Rows, *languages: str) -> dict[str, str]:
    """Shape: {type: path}, its longest page. The languages take turns; a type without a page in its language shows another one."""
    found: dict[str, dict[str, str]] = {}
    for kind, language, url_path in rows(LIVE_PAGES):
        found.setdefault(kind, {}).setdefault(language, f"/{language}/" + "/".join(url_path.split("/")[2:]))
    turns = zip(found.items(), cycle(languages), strict=False)
    return {kind: paths.get(language) or next(iter(paths.values())) for (kind, paths), language in turns}
