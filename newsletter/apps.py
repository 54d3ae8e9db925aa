from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    """Subscribers of the newsletter, its issues and their deliveries."""

    name = "newsletter"

    def ready(self) -> None:
        from core.monitoring.figures import register as register_gauges
        from core.signals import heartbeat
        from newsletter import receivers  # noqa: F401 (they register and connect themselves)
        from newsletter.issues import site_sources  # noqa: F401 (they register and connect themselves)
        from newsletter.sending.gauges import GAUGES
        from newsletter.sending.tasks import look_after_issues, queue_at_once, start_at_once
        from newsletter.signals import sending_begins, sending_is_due
        from newsletter.subscribers import tasks  # noqa: F401 (they register and connect themselves)

        register_gauges(GAUGES)
        heartbeat.connect(look_after_issues, dispatch_uid="newsletter.look_after_issues")
        sending_is_due.connect(start_at_once, dispatch_uid="newsletter.start_at_once")
        sending_begins.connect(queue_at_once, dispatch_uid="newsletter.queue_at_once")
