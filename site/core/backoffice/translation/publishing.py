"""A translation that still lacks words is not published, unless somebody says: as it is."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.accounts.roles import ADMIN_ACCESS
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.permissions import staff
from core.languages import language_names
from core.translation.segments import missing_counts, missing_segments, translation_of, translations_of
from core.translation.slugs import slug_from_title

SHOWN = 5
PUBLISH_AS_IT_IS = "core_translation:publish_as_it_is"


def ask_before_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """`before_edit_page`, ahead of wagtail-localize, whose editor publishes whatever is there."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = translation_of(page)
    if translation is None:
        return None
    if missing_segments(translation):
        return redirect(PUBLISH_AS_IT_IS, page.pk)
    if not page.live and page.permissions_for_user(staff(request)).can_publish():
        slug_from_title(translation, user=staff(request))
    return None


def refuse_bulk_publishing(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> HttpResponse | None:
    """`before_bulk_action`: many pages at once are no place to ask for each."""
    pages = [each for each in objects if isinstance(each, Page)]
    if action_type != "publish" or not pages:
        return None
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [each for page in pages for each in page.get_descendants().not_live()]
    waiting = missing_counts(translations_of(pages))
    if not waiting:
        return None
    titles = ", ".join(each.get_admin_display_title() for each in pages_of(pages, waiting))
    messages.error(request, _("Nothing was published. Pages that are not translated yet: %(titles)s") % {"titles": titles})
    return redirect(action.next_url or reverse("wagtailadmin_explore_root"))


class PublishAsItIsView(ConfirmView):
    """Says what is missing and what follows; who presses the button wants the page public all the same."""

    permission = ADMIN_ACCESS
    page_title = gettext_lazy("This page is not translated yet")
    action_label = gettext_lazy("Publish as it is")
    header_icon = "wagtail-localize-language"

    @cached_property
    def page(self) -> Page:
        page: Page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if not page.permissions_for_user(staff(self.request)).can_publish():
            raise PermissionDenied
        return page

    @cached_property
    def translation(self) -> Translation:
        translation = translation_of(self.page)
        if translation is None:
            raise Http404
        return translation

    @property
    def back_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(page_subtitle=self.page.get_admin_display_title(), **kwargs)

    def effects(self) -> Sequence[str]:
        missing = missing_segments(self.translation)
        names = {
            "source": language_names([self.translation.source.locale.language_code]),
            "language": language_names([self.page.locale.language_code]),
            "count": len(missing),
        }
        lacking = ngettext(
            "%(count)s piece of text has no words in %(language)s yet: readers would find it in %(source)s.",
            "%(count)s pieces of text have no words in %(language)s yet: readers would find them in %(source)s.",
            len(missing),
        )
        follows = _(
            "Published as it is, the page says at its top that it is not translated, and no list, no search and no newsletter "
            "in %(language)s shows it, until the rest is translated and it is published again."
        )
        return [lacking % names, *(f"“{Truncator(strip_tags(each)).chars(90)}”" for each in missing[:SHOWN]), follows % names]

    def act(self, form: Any) -> str:
        try:
            self.translation.save_target(user=staff(self.request), publish=True)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        return _("Published as it is. It is marked as not translated.")


def pages_of(pages: Iterable[Page], waiting: Any) -> list[Page]:
    """Those of `pages` whose translation is among `waiting`."""
    by_page = {(each.source.object_id, each.target_locale_id) for each in translations_of(pages) if waiting[each.pk]}
    return [page for page in pages if (page.translation_key, page.locale_id) in by_page]
