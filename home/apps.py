from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The pages of the site, its search and its admin dashboard."""

    name = "home"

    def ready(self) -> None:
        from home.newsletter_sources import events, news
        from newsletter.issues.sources import register_source

        register_source(news)
        register_source(events)
