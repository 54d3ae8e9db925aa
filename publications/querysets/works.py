"""Reads of works."""

from django.db import models


class WorkQuerySet(models.QuerySet):
    """Works."""

    def offered(self) -> "WorkQuerySet":
        """Those not withdrawn."""
        return self.filter(withdrawn_on=None)
