from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NewsletterConfig(AppConfig):
    """Readers of the newsletter, its issues and their deliveries."""

    name = "newsletter"

    def ready(self) -> None:
        from core import privacy
        from core.duties import registry as duties
        from core.signals import heartbeat
        from newsletter import receivers  # noqa: F401 (they register and connect themselves)
        from newsletter.duties import DUTIES
        from newsletter.issues import site_sources  # noqa: F401 (they register and connect themselves)
        from newsletter.privacy import PERSONAL_DATA
        from newsletter.roles import create_groups
        from newsletter.sending.tasks import look_after_issues, queue_at_once, start_at_once
        from newsletter.signals import sending_begins, sending_is_due
        from newsletter.subscribers import tasks  # noqa: F401 (they register and connect themselves)

        post_migrate.connect(create_groups, sender=self, dispatch_uid="newsletter.create_groups")
        heartbeat.connect(look_after_issues, dispatch_uid="newsletter.look_after_issues")
        sending_is_due.connect(start_at_once, dispatch_uid="newsletter.start_at_once")
        sending_begins.connect(queue_at_once, dispatch_uid="newsletter.queue_at_once")
        privacy.register(PERSONAL_DATA)
        duties.register(DUTIES)
