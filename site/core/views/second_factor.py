"""The page that asks for the second factor at the door: allauth's, without its endless redirect."""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator

from core.accounts.staff import has_second_factor


class SecondFactorView(AuthenticateView):
    """Whoever waits here while an administrator resets the factor logs in anew; allauth sends the browser to and fro for ever."""

    @method_decorator(login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login"))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        stage = request._login_stage  # type: ignore[attr-defined]
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs) if has_second_factor(stage.login.user) else stage.abort()
        return response
