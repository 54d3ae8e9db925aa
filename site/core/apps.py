from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """What all apps share. Knows none of them."""

    name = "core"

    def ready(self) -> None:
        from core.accounts.roles import create_groups
        from core.backoffice import dates
        from core.web import converters

        converters.register()
        dates.register()
        post_migrate.connect(create_groups, dispatch_uid="core.create_groups")
