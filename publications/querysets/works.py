"""Queries of works."""

from typing import Self

from django.db import models


class WorkQuerySet(models.QuerySet):
    """Works."""

    def offered(self) -> Self:
        """Those not withdrawn."""
        return self.filter(withdrawn_on=None)
