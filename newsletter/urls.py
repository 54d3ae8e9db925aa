"""URLs of the newsletter: public views below the language, with translated paths; and the short links of mails, without a language.

The paths of the links never change: mails of years ago point there.
"""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from newsletter.bounces import webhooks
from newsletter.issues.feeds import IssuesFeed
from newsletter.subscribers.views import manage_subscription, subscribe

app_name = "newsletter"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("newsletter/subscribe/"), subscribe.subscribe, name="subscribe"),
    path(_("newsletter/look-into-your-mail/"), subscribe.asked, name="asked"),
    path(_("newsletter/feed.xml"), IssuesFeed(), name="feed"),
]

mail_links: tuple[list[URLPattern | URLResolver], str] = (
    [
        path("c/<short_token:key>/", manage_subscription.confirm, name="confirm"),
        path("p/<short_token:key>/", manage_subscription.preferences, name="preferences"),
        path("u/<short_token:key>/", manage_subscription.unsubscribe, name="unsubscribe"),
        path("u/<short_token:key>/back/", manage_subscription.resubscribe, name="resubscribe"),
        path("p/<short_token:key>/erase/", manage_subscription.erase, name="erase"),
        path("bounces/<slug:provider>/", webhooks.webhook, name="webhook"),
    ],
    "newsletter_links",
)
