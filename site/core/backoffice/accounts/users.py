"""Wagtail's screens for users in the manner of the house: an invitation instead of a password, groups and second factor in the list."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.users.views import groups as wagtail_groups
from wagtail.users.views import users as wagtail_users

from core import clock
from core.accounts.invitation import invite
from core.accounts.roles import label_of
from core.accounts.staff import has_second_factor, with_second_factors
from core.backoffice.accounts.actions import USERS, InviteAgainView, ResetSecondFactorView
from core.backoffice.accounts.forms import AccountForm, InvitationForm
from core.backoffice.listing import ON_A_PHONE, DayColumn, marked_for_phones
from core.backoffice.permissions import staff
from core.models import User


def groups_of(user: User) -> str:
    """Their names; an administrator needs none."""
    names = [label_of(group) for group in user.groups.all()]
    return ", ".join([_("Administrator"), *names] if user.is_superuser else names)


def factor_of(user: Any) -> str:
    """Whether the second factor stands, and whether it has to."""
    if user.factor_is_set:
        return _("set up")
    return _("still missing") if user.factor_is_needed else _("not needed")


class AccountIndexView(wagtail_users.IndexView):
    """Who may do what, and who still has to set up a second factor."""

    add_item_label = gettext_lazy("Invite a colleague")

    def get_base_queryset(self) -> QuerySet[User]:
        return with_second_factors(super().get_base_queryset()).prefetch_related("groups")

    @cached_property
    def columns(self) -> list[Any]:
        checkbox, name, _username, _level, active, _last_login = super().columns
        others = [
            Column("email", label=gettext_lazy("E-mail address"), sort_key="email", classname=ON_A_PHONE),
            Column("groups", label=gettext_lazy("Groups"), accessor=groups_of),
            StatusTagColumn("factor", label=gettext_lazy("Second factor"), accessor=factor_of, primary=lambda user: user.factor_is_set),
            active,
            DayColumn("last_login", label=gettext_lazy("Last login"), sort_key="last_login"),
        ]
        return [checkbox, name, *marked_for_phones(others)]


class InviteView(wagtail_users.CreateView):
    """Makes the account and mails the link to choose a password."""

    page_title = gettext_lazy("Invite a colleague")
    success_message = gettext_lazy("“%(object)s” has an account; a mail with a link to choose a password is on its way.")

    def save_instance(self) -> User:
        user: User = super().save_instance()
        invite(user=user, by=staff(self.request), now=clock.now())
        log(user, "core.invite_user", user=staff(self.request), title=f"user {user.pk}")
        return user


class AccountEditView(wagtail_users.EditView):
    """With what an administrator can do for somebody who cannot get in."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        if not self.request.user.is_superuser:
            return buttons
        if not self.object.last_login:
            buttons.append(Button(_("Send the invitation again"), url=self._action("invite"), icon_name="mail", priority=5))
        if has_second_factor(self.object) and not self.editing_self:
            buttons.append(Button(_("Reset the second factor"), url=self._action("reset_factor"), icon_name="lock", priority=6))
        return buttons

    def _action(self, name: str) -> str:
        return reverse(f"{USERS}:{name}", args=[self.object.pk])


class AccountFilterSet(wagtail_users.UserFilterSet):
    """Groups under the names the reader knows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.filters["group"].field
        groups.label_from_instance = label_of


class GroupIndexView(wagtail_groups.IndexView):
    """Groups under the names the reader knows."""

    columns = (TitleColumn("name", label=gettext_lazy("Name"), sort_key="name", accessor=label_of, url_name="wagtailusers_groups:edit"),)


class GroupViewSet(wagtail_groups.GroupViewSet):
    """In the settings menu, in the place of Wagtail's own."""

    index_view_class = GroupIndexView


class AccountViewSet(wagtail_users.UserViewSet):
    """In the settings menu, in the place of Wagtail's own."""

    index_view_class = AccountIndexView
    add_view_class = InviteView
    edit_view_class = AccountEditView
    filterset_class = AccountFilterSet
    ordering = "email"

    def get_form_class(self, for_update: bool = False) -> type[InvitationForm] | type[AccountForm]:
        return AccountForm if for_update else InvitationForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("invite/<int:pk>/", InviteAgainView.as_view(), name="invite"),
            path("reset-second-factor/<int:pk>/", ResetSecondFactorView.as_view(), name="reset_factor"),
        ]
