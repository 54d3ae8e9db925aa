"""Wires the back-office into the Wagtail admin; nothing is decided here."""

from django.urls import include, path
from wagtail import hooks

from cartography.backoffice import urls
from cartography.backoffice.log_actions import LOG_ACTIONS
from cartography.backoffice.panels import MapPanel
from cartography.backoffice.places import bulk
from cartography.backoffice.viewsets import MapViewSetGroup
from core.backoffice.wiring import register_backoffice

register_backoffice(menu=MapViewSetGroup, urls=[path("map/", include(urls))], panel=MapPanel, log_actions=LOG_ACTIONS)

for action in bulk.ACTIONS:
    hooks.register("register_bulk_action", action)
