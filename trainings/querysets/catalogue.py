"""Reads of the catalogue."""

from django.db import models


class ModuleQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Modules."""
