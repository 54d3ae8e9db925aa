from django.apps import AppConfig


class CartographyConfig(AppConfig):
    """The map of places that work with peer workers."""

    name = "cartography"

    def ready(self) -> None:
        from cartography.importing import tasks  # noqa: F401 (they connect themselves)
