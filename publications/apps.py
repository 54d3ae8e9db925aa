from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PublicationsConfig(AppConfig):
    """The library: works, their editions and files, downloads, citations, copies on paper."""

    name = "publications"

    def ready(self) -> None:
        from core import privacy
        from core.duties import registry as duties
        from publications import receivers, tasks  # noqa: F401 (they connect themselves)
        from publications.duties import DUTIES
        from publications.privacy import PERSONAL_DATA
        from publications.roles import create_groups

        post_migrate.connect(create_groups, sender=self, dispatch_uid="publications.create_groups")
        privacy.register(PERSONAL_DATA)
        duties.register(DUTIES)
