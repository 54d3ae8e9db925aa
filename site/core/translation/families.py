"""A page and its other languages, taken down, deleted or moved together."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, ReferenceIndex


class CannotFollow(Exception):
    """A version in another language cannot go along: it is needed where it is, or there is no such place in its language."""


def other_versions(page: Page) -> list[Page]:
    """The pages made from a page of the source language; none for one of another language. One query."""
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return []
    found = Page.objects.filter(translation_key=page.translation_key).exclude(locale=page.locale_id)
    return list(found.select_related("locale").order_by("locale__language_code"))


def unpublish_others(page: Page, *, user: Any, include_descendants: bool) -> list[Page]:
    """Takes down the live versions in the other languages. Returns those that stay."""

    def unpublish(version: Page) -> None:
        UnpublishPageAction(version.specific, user=user, include_descendants=include_descendants).execute()

    return _each((version for version in other_versions(page) if version.live), unpublish)


def delete_others(page: Page, *, user: Any) -> list[Page]:
    """Deletes the versions in the other languages, `page` being gone already. Returns those that stay."""

    def delete(version: Page) -> None:
        if ReferenceIndex.get_references_to(version).group_by_source_object().is_protected:
            raise CannotFollow
        DeletePageAction(version.specific, user=user).execute()

    return _each(other_versions(page), delete)


def move_others(page: Page, *, user: Any) -> list[Page]:
    """Moves the versions in the other languages below the same page in their language. Returns those that stay."""
    destination = page.get_parent()

    def move(version: Page) -> None:
        target = destination.get_translation_or_none(version.locale)
        if target is None or target.get_children().filter(slug=version.slug).exclude(pk=version.pk).exists():
            raise CannotFollow
        if version.get_parent() != target:
            MovePageAction(version.specific, target.specific, pos="last-child", user=user).execute()

    return _each(other_versions(page), move)


def _each(versions: Iterable[Page], step: Callable[[Page], None]) -> list[Page]:
    stays = []
    for version in versions:
        try:
            with transaction.atomic():
                step(version)
        except (CannotFollow, PermissionDenied):
            stays.append(version)
    return stays
