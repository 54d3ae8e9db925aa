"""News and events."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from core import clock
from core.blocks.streams import STORY
from core.fields import BodyField
from core.models import BasePage, Programme
from core.pages.own_words import in_own_words
from core.text.dates import MOMENT, written


class NewsIndexPage(BasePage):
    """News, latest first."""

    template = "home/news_index_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("news index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`items`: a page of twelve, the latest first."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.child_of(self).live().filter(in_own_words()).order_by("-date", "-pk")
        return context | {"items": Paginator(news, 12).get_page(request.GET.get("page"))}


class NewsPage(BasePage):
    """One dated piece of news."""

    date = models.DateField(_("date"))
    programme = models.CharField(_("programme"), max_length=20, choices=Programme, blank=True)
    body = BodyField(STORY, verbose_name=_("body"), blank=True)

    template = "home/news_page.html"
    parent_page_types: ClassVar = ["home.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("programme")]),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("date")]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    @property
    def listing_note(self) -> str:
        """The line the newsletter sets above the title."""
        return written(self.date)


class EventIndexPage(BasePage):
    """Events to come, then past ones."""

    template = "home/event_index_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.EventPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("event index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`upcoming`: the next first; `past`: the twelve latest."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        events = EventPage.objects.child_of(self).live().filter(in_own_words())
        now = clock.now()
        return context | {
            "upcoming": events.filter(ends_at__gte=now).order_by("starts_at"),
            "past": events.filter(ends_at__lt=now).order_by("-starts_at")[:12],
        }


class EventPage(BasePage):
    """One event: an exchange table, a study morning, a meeting."""

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    programme = models.CharField(_("programme"), max_length=20, choices=Programme, blank=True)
    body = BodyField(STORY, verbose_name=_("body"), blank=True)

    template = "home/event_page.html"
    parent_page_types: ClassVar = ["home.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("place"),
        FieldPanel("programme"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("place"),
        index.FilterField("starts_at"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="home_event_ends_after_it_begins")
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must come after the beginning.")})

    @property
    def listing_note(self) -> str:
        """The line the newsletter sets above the title: when and where."""
        return " · ".join(part for part in (written(self.starts_at, MOMENT), self.place) if part)
