"""Password reset for staff: Wagtail's view, rate-limited. The answer is the same whether the email is known or not."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin.views.account import PasswordResetView

from core import clock
from core.web.client import client_network
from core.web.ratelimit import check_rate_limit

PERIOD = datetime.timedelta(hours=1)
MAILS_TO_ONE_EMAIL = 3
FORMS_FROM_ONE_IP = 20


class LimitedPasswordResetView(PasswordResetView):
    """Beyond the limits nothing is sent, and nothing says so."""

    def form_valid(self, form: Any) -> HttpResponse:
        now = clock.now()
        counters = (
            ("email", form.cleaned_data["email"], MAILS_TO_ONE_EMAIL),
            ("ip", client_network(self.request), FORMS_FROM_ONE_IP),
        )
        within = [
            check_rate_limit(scope=f"password-reset-{scope}", key=key, limit=limit, period=PERIOD, now=now)
            for scope, key, limit in counters
        ]
        if not all(within):
            return redirect(self.get_success_url())
        response: HttpResponse = super().form_valid(form)
        return response
