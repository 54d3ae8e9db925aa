from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    """The pages of the site, its search and its admin dashboard."""

    name = "home"

    def ready(self) -> None:
        from core import privacy
        from home.newsletter_sources import events, news
        from home.privacy import PERSONAL_DATA
        from home.roles import create_groups
        from newsletter.issues.sources import register_source

        post_migrate.connect(create_groups, sender=self, dispatch_uid="home.create_groups")
        register_source(news)
        register_source(events)
        privacy.register(PERSONAL_DATA)
