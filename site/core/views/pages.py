"""Pages, found in one query however deep they lie.

Wagtail walks from the home page down, two queries a level and two more for a translated home page. Our pages have no
addresses of their own making, so the whole path is looked up at once; what is not found that way goes Wagtail's way.
"""

from django.core.cache import cache
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from core.languages import current_language
from core.page_cache.kept import kept

SITE_KEPT_SECONDS = 60


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page of a path below the language prefix."""
    page = _find(request, path)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]  # Wagtail keeps the route there
    return wagtail_serve(request, path)


def _known_site(request: HttpRequest) -> Site | None:
    """Wagtail's site of this request. Wagtail reads it anew for every request; it changes about never."""
    host = request.get_host()
    site = kept(("site", host), lambda: Site.find_for_request(request), otherwise=lambda: _site_of_this_minute(request, host))
    setattr(request, "_wagtail_site", site)  # noqa: B010 (where Wagtail itself looks first)
    return site


def _site_of_this_minute(request: HttpRequest, host: str) -> Site | None:
    key = f"core.site.{host}"
    site: Site | None = cache.get(key)
    if site is None:
        site = Site.find_for_request(request)
        cache.set(key, site, SITE_KEPT_SECONDS)
    return site


def _find(request: HttpRequest, path: str) -> Page | None:
    """The live page with its locale, and with what its class names in `served_with`."""
    site = _known_site(request)
    roots = {root.language_code: root.root_path for root in Site.get_site_root_paths() if site and root.site_id == site.pk}
    root = roots.get(current_language())
    if root is None:
        return None
    private = Exists(PageViewRestriction.objects.all())
    page = Page.objects.live().filter(url_path=f"{root}{path}").only("pk", "content_type").annotate(has_private_site=private).first()
    model = page.specific_class if page else None
    if page is None or model is None:
        return None
    found = model._default_manager.select_related("locale", *getattr(model, "served_with", ())).get(pk=page.pk)
    found.is_on_open_site = not page.has_private_site
    return found
