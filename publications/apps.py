from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    """The library: works, their editions and files, downloads, citations, copies on paper."""

    name = "publications"

    def ready(self) -> None:
        from publications import receivers, tasks  # noqa: F401 (they connect themselves)
