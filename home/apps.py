from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The pages of the site, its search and its admin dashboard."""

    name = "home"
