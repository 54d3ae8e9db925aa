"""Requires the second factor a user's group asks for before the back-office opens."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from core.accounts.staff import has_second_factor, needs_second_factor, used_second_factor


class SecondFactorMiddleware:
    """Keeps the back-office shut until who needs a second factor has set one up and used it in this session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        admin = reverse("wagtailadmin_home")
        open_pages = (reverse("wagtailadmin_logout"),)
        guarded = request.path.startswith(admin) and request.path not in open_pages
        if guarded and request.user.is_authenticated:
            if has_second_factor(request.user):
                if not used_second_factor(request):
                    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
            elif needs_second_factor(request.user):
                return redirect("mfa_index")
        return self.get_response(request)
