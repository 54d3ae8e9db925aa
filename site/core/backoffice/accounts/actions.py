"""What an administrator does for a colleague who cannot get in: a new invitation, or the end of a lost second factor."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.accounts.invitation import AlreadyLoggedIn, invite
from core.accounts.second_factor import NoSecondFactor, OwnSecondFactor, reset_second_factor
from core.backoffice.actions import ObjectActionView
from core.backoffice.permissions import staff
from core.models import User

CHANGE_USERS = "core.change_user"
USERS = "wagtailusers_users"


class AccountActionView(ObjectActionView[User]):
    """For administrators: whoever opens an account may become its owner, so the right to edit users is not enough."""

    model = User
    viewset_name = USERS
    permission = CHANGE_USERS
    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def object_url(self) -> str:
        return reverse(f"{USERS}:edit", args=[self.object.pk])

    def log_title(self) -> str:
        return f"user {self.object.pk}"


class ResetSecondFactorView(AccountActionView):
    """A lost phone, and no recovery code."""

    header_icon = "lock"
    action_label = gettext_lazy("Reset the second factor")
    is_destructive = True
    log_action = "core.reset_second_factor"
    done = gettext_lazy("The second factor is reset; the person was told by mail.")
    refusals: ClassVar = {
        NoSecondFactor: gettext_lazy("This account has no second factor."),
        OwnSecondFactor: gettext_lazy("Nobody resets their own second factor: ask another administrator, or change it in your account."),
    }

    def effects(self) -> list[str]:
        return [
            _("Make sure that it is really the person who asks: meet or call them, on a number you know. A mail is not enough."),
            _("Their authenticator app, passkeys and recovery codes stop working. They log in with their password and set up new ones."),
            _("They are told by mail at %(email)s. The history of the account says that you did it.") % {"email": self.object.email},
        ]

    def step(self, form: Any) -> None:
        reset_second_factor(user=self.object, by=staff(self.request), now=clock.now())


class InviteAgainView(AccountActionView):
    """The first mail is lost, or its link too old."""

    header_icon = "mail"
    action_label = gettext_lazy("Send the invitation again")
    log_action = "core.invite_user"
    done = gettext_lazy("The invitation is on its way.")
    refusals: ClassVar = {
        AlreadyLoggedIn: gettext_lazy("This person has logged in already: “I forgot my password” on the log-in page sends a new link."),
    }

    def effects(self) -> list[str]:
        return [
            _("A mail goes to %(email)s with a new link to choose a password.") % {"email": self.object.email},
            _("The links of earlier invitations stop working."),
        ]

    def step(self, form: Any) -> None:
        invite(user=self.object, by=staff(self.request), now=clock.now())
