"""Staff accounts: made by an administrator, never by signing up; some need a second factor."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import LoginForm
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from core.models import GroupPolicy, User

FOLLOW_UP_NOTES = "core.read_follow_up_notes"


class StaffAccountAdapter(DefaultAccountAdapter):
    """No sign-up: participants need no account, colleagues get theirs from an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class StaffLoginForm(LoginForm):
    """allauth's form in the manner of the house: no words inside the fields, and our own way to a new password below them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


def needs_second_factor(user: User) -> bool:
    """Whether a group of the user asks for it, or the user may read follow-up notes (then always)."""
    if user.is_superuser:
        return bool(settings.SECOND_FACTOR_FOR_SUPERUSERS)
    return GroupPolicy.objects.filter(group__user=user, requires_second_factor=True).exists() or user.has_perm(FOLLOW_UP_NOTES)


def has_second_factor(user: User) -> bool:
    """Whether an authenticator app or a passkey is set up; recovery codes alone are none."""
    return bool(is_mfa_enabled(user))


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this very session was opened, or confirmed since, with a factor."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request))


def closed(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Signing up, changing the address and allauth's own password pages: not here."""
    raise Http404
