"""Wires the back-office into the Wagtail admin; nothing is decided here."""

from django.urls import include, path
from wagtail import hooks

from core.backoffice.wiring import register_backoffice
from followup.backoffice import urls
from followup.backoffice.activities import urls as activity_urls
from followup.backoffice.activities.menu import ActivitiesViewSetGroup
from followup.backoffice.log_actions import LOG_ACTIONS
from followup.backoffice.panels import FollowUpPanel
from followup.backoffice.viewsets import FollowUpViewSetGroup

URLS = [path("follow-up/", include(urls)), path("follow-up/", include(activity_urls))]
register_backoffice(menu=FollowUpViewSetGroup, urls=URLS, panel=FollowUpPanel, log_actions=LOG_ACTIONS)
hooks.register("register_admin_viewset", ActivitiesViewSetGroup)
