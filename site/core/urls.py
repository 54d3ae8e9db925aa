"""URLs of core, the same in every language."""

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from core.views.health import health
from core.views.mailbox import mailbox, mailbox_attachment, mailbox_html, mailbox_letter
from core.views.metrics import metrics
from core.views.showcase import showcase
from core.views.well_known import security_txt

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path("design/", showcase, name="showcase"),
    path("design/<slug:group>/", showcase, name="showcase_group"),
    path("healthz", health, name="health"),
    path("metrics", metrics, name="metrics"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path(".well-known/change-password", RedirectView.as_view(pattern_name="wagtailadmin_account"), name="change_password"),
    path("mailbox/", mailbox, name="mailbox"),
    path("mailbox/<slug:name>/", mailbox_letter, name="mailbox_letter"),
    path("mailbox/<slug:name>/html/", mailbox_html, name="mailbox_html"),
    path("mailbox/<slug:name>/<int:number>/", mailbox_attachment, name="mailbox_attachment"),
]
