from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrainingsConfig(AppConfig):
    """The catalogue of modules, its sessions, enrolments, attendance and certificates."""

    name = "trainings"

    def ready(self) -> None:
        from core import privacy
        from core.duties import registry as duties
        from trainings.duties import DUTIES
        from trainings.privacy import PERSONAL_DATA
        from trainings.roles import create_groups

        post_migrate.connect(create_groups, sender=self, dispatch_uid="trainings.create_groups")
        privacy.register(PERSONAL_DATA)
        duties.register(DUTIES)
