"""Members of staff and the browsers they are logged in with."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.test import Client, RequestFactory

from core.models import User
from tests.core.factories import UserFactory


def member(*groups: str, **fields: Any) -> User:
    """A colleague in some groups."""
    user: User = UserFactory(**fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def browser_of(user: User) -> Client:
    """A browser in which `user` is logged in. It asks for English, the language of the code, whatever is translated by now."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def verified_browser_of(user: User) -> Client:
    """A browser in which `user` is logged in with a second factor."""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client = browser_of(user)
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, user, "mfa", type="totp")
    request.session.save()
    return client
