"""The page that asks for the second factor at the door: allauth's, without its endless redirect."""

from typing import Any

from allauth.account.stages import LoginStageController
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.accounts.staff import has_second_factor


class SecondFactorView(AuthenticateView):
    """Whoever waits here while an administrator resets the factor logs in anew; allauth sends the browser to and fro for ever."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        stage = LoginStageController.enter(request, AuthenticateStage.key)
        is_over = stage is not None and not has_second_factor(stage.login.user)
        response: HttpResponseBase = stage.abort() if stage and is_over else super().dispatch(request, *args, **kwargs)
        return response
