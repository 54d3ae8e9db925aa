from django.apps import AppConfig
from django.contrib.auth.management import rename_permissions_after_model_rename
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """What all apps share. Knows none of them."""

    name = "core"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from core.accounts.page_rights import grant_page_rights
        from core.accounts.roles import create_groups
        from core.backoffice import dates
        from core.web import converters

        converters.register()
        dates.register()
        # Django's own receiver, under its own uid but ahead of our groups: they would create the permissions of a renamed model
        # before its old ones, which people hold, are renamed.
        post_migrate.connect(rename_permissions_after_model_rename, dispatch_uid="django.contrib.auth.management.rename_permissions")
        post_migrate.connect(create_groups, dispatch_uid="core.create_groups")
        page_published.connect(grant_page_rights, dispatch_uid="core.grant_page_rights")
