from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo content: real facts about Smes, invented people and example modules. Nobody imports it."""

    name = "demo"
