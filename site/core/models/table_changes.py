"""What the page cache knows of writes: a row for each change of a table that public pages read."""

from django.db import models


class TableChange(models.Model):
    """Written by triggers only (`core.page_cache.triggers`). The version of a table is the sum of its `n`.

    Rows are added and never changed: two writers of one table never wait for each other, and a row is seen exactly when its write is.
    """

    table = models.CharField(max_length=63)
    n = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.table}: {self.n}"
