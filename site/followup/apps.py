from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """Requests, files, notes and counters. Names institutions and colleagues, never a patient, a user or a tenant."""

    name = "followup"
