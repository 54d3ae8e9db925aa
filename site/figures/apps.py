from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """The report of a year and its approved snapshots."""

    name = "figures"
