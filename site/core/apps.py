from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What all apps share. Knows none of them."""

    name = "core"

    def ready(self) -> None:
        from core.web import converters

        converters.register()
