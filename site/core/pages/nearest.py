"""The page nearest above: of a URL that leads nowhere, of a page that is not there in another language."""

from collections.abc import Iterable

from django.http import HttpRequest
from wagtail.models import Page

from core.languages import current_language
from core.pages.linked_pages import linked_pages

DEEPEST = 12


def nearest_above(request: HttpRequest) -> dict[str, str]:
    """The URLs, by language, of the deepest live page above the URL of the request. One query, and one for its translations."""
    _prefix, *parts = request.path_info.strip("/").split("/")
    roots = list(Page.objects.filter(depth=2, locale__language_code=current_language()).values_list("url_path", flat=True))
    paths = [f"{root}{'/'.join(parts[:end])}/".replace("//", "/") for root in roots for end in range(min(len(parts), DEEPEST))]
    found = Page.objects.live().filter(url_path__in=paths).order_by("-depth").first()
    if found is None:
        return {}
    versions = linked_pages(request).versions(found.pk)
    return {code: url for code, page in versions.items() if (url := page.get_url(request))}


def nearest_versions(page: Page, languages: Iterable[str], request: HttpRequest) -> dict[str, Page]:
    """For each language `page` lacks the deepest page above it that exists there. One query for a page that lacks one."""
    wanted = list(languages)
    if not wanted:
        return {}
    known = linked_pages(request)
    above = known.read_above(page)
    found = {code: next((there[code] for pk in above if code in (there := known.versions(pk))), None) for code in wanted}
    return {code: each for code, each in found.items() if each is not None}
