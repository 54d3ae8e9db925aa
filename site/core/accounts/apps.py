"""Wagtail's app for users, with our screens in the place of its own."""

from wagtail.users.apps import WagtailUsersAppConfig


class StaffUsersConfig(WagtailUsersAppConfig):
    """Named in INSTALLED_APPS."""

    user_viewset = "core.backoffice.accounts.users.AccountViewSet"
    group_viewset = "core.backoffice.accounts.users.GroupViewSet"
