"""Addresses of the newsletter's own views, below the language; their words are translated like any other."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from newsletter.issues.feeds import IssuesFeed
from newsletter.subscribers.views import subscribe

app_name = "newsletter"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("newsletter/subscribe/"), subscribe.subscribe, name="subscribe"),
    path(_("newsletter/look-into-your-mail/"), subscribe.asked, name="asked"),
    path(_("newsletter/feed.xml"), IssuesFeed(), name="feed"),
]
