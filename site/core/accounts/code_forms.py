"""The forms that ask for a code of the second factor: allauth's, with tries counted in the database (ASVS 5.0 §6.5, §6.3.1)."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from core.accounts.staff import TRIES


def _count(user: Any) -> None:
    """Raises ValidationError after too many codes for one person, from wherever they came."""
    get_adapter().count_try(context.request, scope="second-factor", key=str(user.pk), limit=TRIES)


class StaffAuthenticateForm(AuthenticateForm):
    """At the door."""

    def clean_code(self) -> Any:
        _count(self.user)
        return super().clean_code()


class StaffReauthenticateForm(ReauthenticateForm):
    """Once more, before the factors themselves are changed."""

    def clean_code(self) -> Any:
        _count(self.user)
        return super().clean_code()
