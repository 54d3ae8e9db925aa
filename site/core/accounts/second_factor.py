"""Somebody lost the phone and has no recovery codes: an administrator removes the factors, the next log-in asks for a new one."""

import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from core.accounts.staff import language_of
from core.mail.message import queue_mail
from core.models import User
from core.web.absolute_urls import base_url


class NoSecondFactor(Exception):
    """There is nothing to reset."""


class OwnSecondFactor(Exception):
    """A session left open must not be enough to be rid of the factor; colleagues, or the command, do it."""


@transaction.atomic
def reset_second_factor(*, user: User, by: User | None, now: datetime.datetime) -> int:
    """Removes every factor and every recovery code, and tells the person. Returns how many. `by` is None for the command."""
    if by == user:
        raise OwnSecondFactor
    removed, _detail = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise NoSecondFactor
    queue_mail(
        template="core/mail/second_factor_reset",
        to=user.email,
        language=language_of(user),
        context={"name": user.get_full_name(), "by": by.get_full_name() if by else "", "login_url": base_url() + reverse("account_login")},
        about=f"user:{user.pk}",
        now=now,
    )
    return removed
