from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What all apps share. Knows none of them."""

    name = "core"

    def ready(self) -> None:
        from core.duties import registry
        from core.duties.housekeeping import DUTIES
        from core.web import converters

        converters.register()
        registry.register(DUTIES)
