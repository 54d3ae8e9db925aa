from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CartographyConfig(AppConfig):
    """The map of places that work with peer workers."""

    name = "cartography"

    def ready(self) -> None:
        from cartography.duties import DUTIES
        from cartography.privacy import PERSONAL_DATA
        from cartography.roles import create_groups
        from core import privacy
        from core.duties import registry as duties

        post_migrate.connect(create_groups, sender=self, dispatch_uid="cartography.create_groups")
        privacy.register(PERSONAL_DATA)
        duties.register(DUTIES)
