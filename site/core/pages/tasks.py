"""Background tasks about pages."""

from typing import Any

from django.tasks import task
from wagtail.models import Page

from core.pages.renditions import has_pictures, make_renditions


@task
def make_renditions_of(page_id: int) -> int:
    """Makes the resized copies of the pictures of a page; safe to run twice."""
    page = Page.objects.filter(pk=page_id).first()
    return make_renditions(page.specific) if page else 0


def plan_renditions(*, instance: Page, **kwargs: Any) -> None:
    """Receiver of `page_published`."""
    if has_pictures(instance):
        make_renditions_of.enqueue(instance.pk)
