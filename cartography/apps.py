from django.apps import AppConfig


class CartographyConfig(AppConfig):
    """The map of places that work with peer workers."""

    name = "cartography"
