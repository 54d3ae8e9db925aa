"""The root URLconf. Pages and public views live below /fr/, /nl/ and /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from core.accounts.staff import closed
from core.views.media import media
from core.views.pages import serve
from core.views.password_reset import LimitedPasswordResetView
from core.views.second_factor import SecondFactorView
from home.sitemaps import robots, sitemap
from newsletter.urls import mail_links

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.permission_denied"
handler404 = "core.views.errors.page_not_found"
handler500 = "core.views.errors.server_error"

urlpatterns = [
    path("robots.txt", robots),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("", include("core.urls")),
    path("n/", include(mail_links)),
    # One log-in page only: it counts attempts and asks for the second factor. Wagtail's own log-in pages lead to it.
    path("admin/password_reset/", LimitedPasswordResetView.as_view()),
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    *(
        re_path(rf"^account/{prefix}", closed)
        for prefix in ("signup/", "email/", "confirm-email/", "password/", "login/code/", "3rdparty/")
    ),
    path("account/2fa/authenticate/", SecondFactorView.as_view()),
    path("account/", include("allauth.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("publications.urls_files")),
]

if settings.S3_BUCKET:
    urlpatterns += [path("media/<path:path>", media)]
elif settings.DEBUG or getattr(settings, "DEMO", False):
    # On a public server the web server does it, and keeps documents for the view that checks who may read them.
    urlpatterns += [re_path(r"^media/(?P<path>(?!documents/|original_images/).*)$", serve_file, {"document_root": settings.MEDIA_ROOT})]

urlpatterns += i18n_patterns(
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("", include("home.urls")),
    path("", include("trainings.urls")),
    path("", include("followup.urls")),
    path("", include("publications.urls")),
    path("", include("newsletter.urls")),
    path("", include("cartography.urls")),
    re_path(wagtail_urls.serve_pattern, serve),  # before Wagtail's own view, which still resolves the URLs
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)
