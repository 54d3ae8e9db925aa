"""Tags that draw the logo, the programme marks and the tile patterns."""

from typing import Any

from django import template

from core.artwork.tiles import Thread, draw_threads

register = template.Library()

GAP = 4
# Shorter loose ends than this are left out of the hanging threads: crumbs, not threads.
CRUMB = 5


def _paths(seed: str, columns: int, rows: int, *, is_hanging: bool = False) -> dict[str, Any]:
    """What the drawing templates need: the size, three leading threads, and the rest as one path."""
    threads = draw_threads(seed, columns, rows, is_hanging=is_hanging)
    if is_hanging:
        threads = tuple(thread for thread in threads if len(thread.arcs) >= CRUMB)
    return {
        "width": 2 * columns,
        "height": 2 * rows,
        "leading": [thread.path for thread in threads[:3]],
        "others": "".join(thread.path for thread in threads[3:]),
    }


@register.inclusion_tag("components/logo_mark.html")
def logo_mark() -> dict[str, Any]:
    """Two arcs that interlock."""
    return {}


@register.inclusion_tag("components/programme_mark.html")
def programme_mark(programme: str, size: str = "") -> dict[str, Any]:
    """The mark of a programme. Size: small, large or nothing."""
    return {"programme": programme, "size": size}


@register.inclusion_tag("components/threads.html")
def thread_band(seed: str, columns: int = 24, rows: int = 6) -> dict[str, Any]:
    """A band of threads in the three hues."""
    return _paths(seed, columns, rows) | {"kind": "band"}


@register.inclusion_tag("components/threads.html")
def page_threads(seed: str = "", columns: int = 10, rows: int = 7) -> dict[str, Any]:
    """Threads that hang from the corner of a page, in its programme's hue. The same page always has the same one."""
    return _paths(seed or "smes", columns, rows, is_hanging=True) | {"kind": "corner"}


@register.inclusion_tag("components/cover.html")
def cover(slug: str, programme: str = "", title: str = "") -> dict[str, Any]:
    """The cover of a publication that has none. The title is part of the drawing, unread by screen readers: it stands beside it as text."""
    return _paths(slug, 6, 5) | {"programme": programme, "title": title}


@register.inclusion_tag("components/threads.html")
def thread_patch(seed: str) -> dict[str, Any]:
    """A small square for an empty state."""
    return _paths(seed, 4, 3) | {"kind": "patch"}


@register.inclusion_tag("components/broken_thread.html")
def broken_thread() -> dict[str, Any]:
    """A thread with a gap: this page is missing."""
    longest: Thread
    longest, *others = draw_threads("not found", 12, 4)
    before, after = longest.with_gap(GAP)
    return {
        "before": before.path,
        "after": after.path,
        "ends": [before.arcs[-1].end, after.arcs[0].start],
        "others": "".join(thread.path for thread in others),
    }
