from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    """Newsletter readers, issues and deliveries (next issues)."""

    name = "newsletter"
