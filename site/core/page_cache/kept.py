"""What several pages share, kept in this process under the same truth as the pages themselves."""

import datetime
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from wagtail.models import Site

from core.page_cache.recording import Recording, recording
from core.page_cache.versions import Versions

MOST = 1000  # values; beyond that all are thrown away
# Wagtail keeps the paths of its sites in Django's cache and forgets them in the process that writes; the others are told by this.
ROOT_PATHS = frozenset({"wagtailcore_site", "wagtailcore_locale", "wagtailcore_page"})


@dataclass(frozen=True, slots=True)
class Rendering:
    """The versions read before a page was begun, until when the clock changes nothing, and what the page has read so far."""

    versions: Versions
    until: datetime.datetime
    noted: Recording


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    tables: Mapping[str, int]
    begun: str


rendering: ContextVar[Rendering | None] = ContextVar("rendering", default=None)
_values: dict[object, _Kept] = {}
_root_paths_of: Mapping[str, int] = {}


def kept[T](key: object, make: Callable[[], T], *, otherwise: Callable[[], T] | None = None, is_timed: bool = False) -> T:
    """`make()`, or what it made before while the tables it read are the same. The page that is made depends on these tables as well.
    `is_timed`: it reads the clock, and is made anew at the next moment at which pages change by it. Nobody changes what is kept.

    Outside of the rendering of a page that may be kept nothing is known of versions: there it is `otherwise()`, else `make()`.
    """
    now = rendering.get()
    if now is None:
        return (otherwise or make)()
    key = (key, now.until) if is_timed else key
    known = _values.get(key)
    if known is None or known.begun != now.versions.total[1] or now.versions.of(frozenset(known.tables)) != known.tables:
        with recording() as noted:
            noted.tables |= ROOT_PATHS  # a page that was read remembers its URL
            token = rendering.set(Rendering(now.versions, now.until, noted))
            try:
                value = make()
            finally:
                rendering.reset(token)
        known = _Kept(value, now.versions.of(frozenset(noted.tables)), now.versions.total[1])
        if len(_values) >= MOST:
            _values.clear()
        _values[key] = known
    now.noted.tables |= known.tables.keys()
    return known.value


def forget_root_paths(versions: Versions) -> None:
    """Of Wagtail's, when a page, a site or a locale was written since this process looked."""
    global _root_paths_of
    if (now := versions.of(ROOT_PATHS)) != _root_paths_of:
        Site.clear_site_root_paths_cache()
        _root_paths_of = now


def forget() -> None:
    """As at the start of the process."""
    global _root_paths_of
    _values.clear()
    _root_paths_of = {}
