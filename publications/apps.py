from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    """Publications and their editions, downloads and paper copies (next issues)."""

    name = "publications"
