"""Wires the back-office into the Wagtail admin; nothing is decided here."""

from django.urls import include, path

from core.backoffice.wiring import register_backoffice
from publications.backoffice import urls
from publications.backoffice.log_actions import LOG_ACTIONS
from publications.backoffice.panels import PublicationsPanel
from publications.backoffice.viewsets import PublicationsViewSetGroup

register_backoffice(
    menu=PublicationsViewSetGroup, urls=[path("publications/", include(urls))], panel=PublicationsPanel, log_actions=LOG_ACTIONS
)
