from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """What all apps share. Knows none of them."""

    name = "core"

    def ready(self) -> None:
        from core.accounts.roles import create_groups
        from core.web import converters

        converters.register()
        last = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(create_groups, sender=last, dispatch_uid="core.create_groups")
