"""Wires the back-office into the Wagtail admin; nothing is decided here."""

from django.urls import include, path
from wagtail import hooks

from core.backoffice.wiring import register_backoffice
from trainings.backoffice import urls
from trainings.backoffice.catalogue.screen import back_to_module
from trainings.backoffice.log_actions import LOG_ACTIONS
from trainings.backoffice.panels import TrainingsPanel
from trainings.backoffice.payment import urls as payment_urls
from trainings.backoffice.payment.viewsets import PaymentsViewSetGroup
from trainings.backoffice.questionnaires.viewsets import QuestionnaireVersionViewSet
from trainings.backoffice.viewsets import TrainingsViewSetGroup

URLS = [path("trainings/", include(urls)), path("payments/", include(payment_urls))]
register_backoffice(menu=TrainingsViewSetGroup, urls=URLS, panel=TrainingsPanel, log_actions=LOG_ACTIONS)
hooks.register("register_admin_viewset", PaymentsViewSetGroup)
hooks.register("register_admin_viewset", QuestionnaireVersionViewSet)
hooks.register("after_edit_page", back_to_module)
