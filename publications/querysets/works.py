"""Reads of works."""

from django.db import models


class WorkQuerySet(models.QuerySet):
    """Works."""

    def offered(self) -> "WorkQuerySet":
        """Those not withdrawn."""
        return self.filter(withdrawn_on=None)

    def with_people(self) -> "WorkQuerySet":
        """With series and authors: three queries however many there are."""
        return self.select_related("series").prefetch_related("authors__organisation")
