"""Staff accounts: created by an administrator, never by sign-up; some require a second factor."""

import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import LoginForm
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from core import clock
from core.models import GroupPolicy, User
from core.monitoring.logins import too_many_attempts
from core.web.client import client_ip, client_network
from core.web.ratelimit import check_rate_limit, used
from core.web.throttle import ask_to_wait

FOLLOW_UP_NOTES = "core.read_follow_up_notes"
LOOK_UP_PERSON = "core.look_up_person"
# A rule of the house, not a choice: who holds one of these needs a second factor.
SENSITIVE = (FOLLOW_UP_NOTES, LOOK_UP_PERSON)
# Recovery codes alone are none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Login attempts for one email, from any IP. A right password counts too, or the limit would reveal it.
TRIES = 10
# From one IP for any email: an office, or a robot that tries one password with many addresses.
TRIES_FROM_ONE_IP = 100
TRIES_WITHIN = datetime.timedelta(minutes=15)


class StaffAccountAdapter(DefaultAccountAdapter):
    """No sign-up: participants need no account, colleagues get theirs from an administrator. Tries to log in are limited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind as many proxies as for every form of ours."""
        return client_ip(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts in the database: allauth's own counters live in the memory of one process of several (ASVS 5.0 §6.3.1)."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            too_many_attempts()
            raise
        self.count_try(request, scope="login", key=_who(request, credentials), limit=TRIES)
        self.count_try(request, scope="login-network", key=client_network(request), limit=TRIES_FROM_ONE_IP)

    def count_try(self, request: HttpRequest, *, scope: str, key: str, limit: int) -> None:
        """Raises ValidationError beyond the limit; the page with it answers 429."""
        now = clock.now()
        if not check_rate_limit(scope=scope, key=key, limit=limit, period=TRIES_WITHIN, now=now):
            too_many_attempts()
            ask_to_wait(request, until=used(scope=scope, key=key, now=now).until)
            raise self.validation_error("too_many_login_attempts")


def _who(request: HttpRequest, credentials: dict[str, Any]) -> str:
    """Whose password is tried. Who confirms her own while logged in may have no address in allauth's own table."""
    return str(credentials.get("email") or credentials.get("username") or f"user {request.user.pk}")


class StaffLoginForm(LoginForm):
    """allauth's form in the manner of the house: no words inside the fields, and our own way to a new password below them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


def administrators() -> QuerySet[User]:
    """Who may do everything, accounts of others included."""
    return User.objects.filter(is_superuser=True, is_active=True).order_by("first_name", "last_name")


def language_of(user: User) -> str:
    """The language a member of staff reads: chosen in the account, or else the first one of the site."""
    profile = UserProfile.objects.filter(user=user).first()
    chosen = profile.preferred_language if profile else ""
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def needs_second_factor(user: User) -> bool:
    """Whether a group of the user asks for it, or a right of the user does (then always)."""
    if user.is_superuser:
        return bool(settings.SECOND_FACTOR_FOR_SUPERUSERS)
    return GroupPolicy.objects.filter(group__user=user, requires_second_factor=True).exists() or any(map(user.has_perm, SENSITIVE))


def must_require_second_factor(group: Group) -> bool:
    """Whether the group reads follow-up notes or looks people up: a rule of the house, not a choice."""
    return bool(group.permissions.filter(sensitive()).exists())


def sensitive() -> Q:
    """The rows of the rights that need a second factor."""
    every = Q()
    for app, codename in (each.split(".") for each in SENSITIVE):
        every |= Q(content_type__app_label=app, codename=codename)
    return every


def has_second_factor(user: User) -> bool:
    """Whether an authenticator app or a passkey is set up; recovery codes alone are none."""
    return bool(is_mfa_enabled(user, types=FACTORS))


def with_second_factors(users: QuerySet[User]) -> QuerySet[User]:
    """Each with what `has_second_factor` and `needs_second_factor` say, without a query a row."""
    rights = Permission.objects.filter(sensitive())
    asks = GroupPolicy.objects.filter(group__user=OuterRef("pk"), requires_second_factor=True)
    holds = Exists(rights.filter(group__user=OuterRef("pk"))) | Exists(rights.filter(user=OuterRef("pk")))
    return users.annotate(
        factor_is_set=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)),
        factor_is_needed=Case(
            When(is_superuser=True, then=Value(settings.SECOND_FACTOR_FOR_SUPERUSERS)),
            default=ExpressionWrapper(Exists(asks) | holds, output_field=BooleanField()),
        ),
    )


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this very session was opened, or confirmed since, with a factor."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def closed(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Closes sign-up, change of email and allauth's own password pages."""
    raise Http404
