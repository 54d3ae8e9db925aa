"""Staff accounts: made by an administrator, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):
    """No sign-up: participants need no account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
