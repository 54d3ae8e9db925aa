"""Public URLs of the follow-up."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from followup.requests import views as requests

app_name = "followup"
urlpatterns = [
    path(_("ask-for-support/"), requests.ask_for_support, name="ask_for_support"),
    path(_("my-support-request/<token:token>/"), requests.RequestView.as_view(), name="follow_request"),
    path(_("my-support-request/<token:token>/withdraw/"), requests.WithdrawView.as_view(), name="withdraw_request"),
]
