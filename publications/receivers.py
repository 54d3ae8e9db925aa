"""Receivers: related publications for other apps' pages."""

from typing import Any

from django.db.models import Model
from django.dispatch import receiver
from wagtail.models import Page

from core.signals import collect_related
from publications.works.recent import PublicationCard, about_page, about_place


@receiver(collect_related, dispatch_uid="publications.works_about")
def works_about(*, row: Model, language: str, **kwargs: Any) -> list[PublicationCard]:
    """The publications an editor tied to a page, or to a place of the map (known by its name only, decision 18)."""
    if isinstance(row, Page):
        return about_page(row, language)
    return about_place(row.pk, language) if row._meta.label == "cartography.Place" else []
