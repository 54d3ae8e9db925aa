"""The base of every page model."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from core.pages.figures import read_figures
from core.pages.links import localise_links
from core.text.french import with_french_spaces
from core.text.safety import without_unprintable


class ListingMixin(models.Model):
    """How a page shows in a listing: its own words when the introduction is too long for one."""

    listing_summary = models.TextField(
        _("summary in listings"), max_length=260, blank=True, help_text=_("Empty: the introduction is used.")
    )
    listing_image = models.ForeignKey(
        "core.CustomImage", verbose_name=_("image in listings"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    listing_panels: ClassVar = [MultiFieldPanel([FieldPanel("listing_summary"), FieldPanel("listing_image")], heading=_("Listings"))]

    class Meta:
        abstract = True


class SocialMixin(models.Model):
    """What a shared link shows."""

    social_image = models.ForeignKey(
        "core.CustomImage", verbose_name=_("image when shared"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    social_text = models.CharField(_("text when shared"), max_length=200, blank=True)

    social_panels: ClassVar = [MultiFieldPanel([FieldPanel("social_image"), FieldPanel("social_text")], heading=_("When shared"))]

    class Meta:
        abstract = True


class BasePage(ListingMixin, SocialMixin, Page):
    """The abstract page: an introduction, listing, social and search fields, and one layout."""

    intro = models.TextField(_("introduction"), blank=True, help_text=_("One to three sentences, shown large under the title."))

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    # Without Wagtail's "show in menus": menus are chosen in the words of the site, and the box would do nothing.
    search_panels: ClassVar = [MultiFieldPanel(["slug", "seo_title", "search_description"], heading=_("For search engines"))]
    promote_panels: ClassVar = [*search_panels, *ListingMixin.listing_panels, *SocialMixin.social_panels]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("intro", boost=2), index.SearchField("listing_summary")]

    show_in_menus_default = False
    # Set where the page was found (`core.views.pages`): the site has no private page at all.
    is_on_open_site = False

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Words come by the form, which says what it takes out (`core.web.pasted_text`), and by translation and import, which do not."""
        super().clean()
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if isinstance(field, models.CharField | models.TextField) and isinstance(value, str):
                setattr(self, field.attname, without_unprintable(value))
        if self.locale_id and self.locale.language_code == "fr":  # a colon never begins a line of a title
            for name in ("title", "seo_title"):
                setattr(self, name, with_french_spaces(getattr(self, name)))

    @property
    def summary(self) -> str:
        """The words for a listing, a search result or a shared link."""
        return self.listing_summary or self.intro or self.search_description

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        streams = [getattr(self, each.name) for each in self._meta.get_fields() if isinstance(each, StreamField)]
        localise_links(streams, self.locale.language_code, request)
        read_figures(streams)
        return context

    def get_view_restrictions(self) -> "models.QuerySet[PageViewRestriction]":
        """No query on a site without private pages, which is the plain case; Wagtail's three otherwise."""
        if self.is_on_open_site or not PageViewRestriction.objects.exists():
            return PageViewRestriction.objects.none()
        restrictions: models.QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return restrictions
