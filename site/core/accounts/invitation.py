"""A colleague gets an account: nobody invents a password for somebody else, the mailed link lets the person choose one."""

import datetime

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from core.accounts.staff import language_of
from core.mail.message import queue_mail
from core.models import User
from core.web.absolute_urls import base_url


class AlreadyLoggedIn(Exception):
    """The person has a password; "I forgot my password" is the way to another."""


@transaction.atomic
def invite(*, user: User, by: User, now: datetime.datetime) -> None:
    """Mails the link that sets the first password. Again, it makes the links of earlier mails void."""
    if user.last_login:
        raise AlreadyLoggedIn
    # A password nobody knows, not an unusable one: with that, "I forgot my password" would send nothing once the link is too old.
    user.set_password(get_random_string(64))
    user.save(update_fields=["password"])
    queue_mail(
        template="core/mail/invitation",
        to=user.email,
        language=language_of(user),
        context={
            "name": user.get_full_name(),
            "by": by.get_full_name(),
            "email": user.email,
            "password_url": base_url() + _password_path(user),
            "forgotten_url": base_url() + reverse("wagtailadmin_password_reset"),
            "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
        },
        about=f"user:{user.pk}",
        now=now,
    )


def _password_path(user: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("wagtailadmin_password_reset_confirm", args=[uid, default_token_generator.make_token(user)])
