"""Pages that appear or go at a moment an editor chose. As Wagtail's own command does it, but one page that cannot be published
does not keep the others waiting."""

import datetime
import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import Model
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


def publish_scheduled(*, now: datetime.datetime, dry_run: bool = False) -> tuple[int, int, int]:
    """How many expired, how many were published (or would be), and how many of both could not be."""
    expired, waiting = list(_expired(now)), list(Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at"))
    if dry_run:
        return len(expired), len(waiting), 0
    gone = sum(_did(partial(each.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")) for each in expired)
    there = sum(_did(partial(each.publish, log_action="wagtail.publish.scheduled")) for each in waiting)
    return gone, there, len(expired) + len(waiting) - gone - there


def _expired(now: datetime.datetime) -> Iterator[Any]:
    models: list[type[Model]] = [
        Page,
        *(each for each in apps.get_models() if issubclass(each, DraftStateMixin) and not issubclass(each, Page)),
    ]
    for model in models:
        yield from model._default_manager.filter(live=True, expire_at__lte=now).order_by("expire_at")


def _did(step: Callable[[], Any]) -> bool:
    try:
        step()
    except Exception:
        logger.exception("A page could not be published or taken down at its moment.")
        return False
    return True
