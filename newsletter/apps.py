from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NewsletterConfig(AppConfig):
    """Readers of the newsletter, its issues and their deliveries."""

    name = "newsletter"

    def ready(self) -> None:
        from newsletter.roles import create_groups

        post_migrate.connect(create_groups, sender=self, dispatch_uid="newsletter.create_groups")
