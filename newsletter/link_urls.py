"""The short links of mails, the same in every language. Never changed: mails of years ago point here."""

from django.urls import URLPattern, URLResolver, path

from newsletter.bounces import webhooks
from newsletter.subscribers.views import manage_subscription as views

app_name = "newsletter_links"
urlpatterns: list[URLPattern | URLResolver] = [
    path("c/<short_token:key>/", views.confirm, name="confirm"),
    path("p/<short_token:key>/", views.preferences, name="preferences"),
    path("u/<short_token:key>/", views.leave, name="leave"),
    path("u/<short_token:key>/back/", views.come_back, name="come_back"),
    path("p/<short_token:key>/erase/", views.erase, name="erase"),
    path("bounces/<slug:provider>/", webhooks.webhook, name="webhook"),
]
