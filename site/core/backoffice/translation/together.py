"""Taking down, deleting or moving a French page: its confirm page names the other languages and offers all at once.

Wagtail's hook for it (`construct_translated_pages_to_cascade_actions`) takes them along unasked.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from core.languages import language_names
from core.translation.families import delete_others, move_others, other_versions, unpublish_others

CHOSEN = "all_languages"


def after_unpublish(request: HttpRequest, page: Page) -> None:
    """Receives the choice of the confirm page; so do the next two."""
    if CHOSEN in request.POST:
        below = bool(request.POST.get("include_descendants"))
        _tell(request, unpublish_others(page, user=request.user, include_descendants=below))


def after_delete(request: HttpRequest, page: Page) -> None:
    if CHOSEN in request.POST:
        _tell(request, delete_others(page, user=request.user))


def after_move(request: HttpRequest, page: Page) -> None:
    if CHOSEN in request.POST:
        page.refresh_from_db()
        _tell(request, move_others(page, user=request.user))


def after_many(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """`after_bulk_action`: many pages at once have no such choice, but nobody need find out later."""
    if action_type not in {"unpublish", "delete", "move"}:
        return
    left = [version for page in objects if isinstance(page, Page) for version in other_versions(page) if version.live]
    if left:
        titles = ", ".join(f"{each.title} ({each.locale.language_code.upper()})" for each in left)
        messages.warning(request, _("Still public, where they were, in other languages: %(titles)s") % {"titles": titles})


def _tell(request: HttpRequest, stays: list[Page]) -> None:
    if stays:
        names = language_names(each.locale.language_code for each in stays)
        messages.warning(request, _("It could not be done in every language. Left as it was: %(languages)s.") % {"languages": names})
    else:
        messages.success(request, _("Done in the other languages too."))
