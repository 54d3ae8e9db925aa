from django.apps import AppConfig


class CartographyConfig(AppConfig):
    """Places that work with peer workers (next issues)."""

    name = "cartography"
