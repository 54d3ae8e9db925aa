from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    """The catalogue of modules, its sessions, enrolments, attendance and certificates."""

    name = "trainings"
