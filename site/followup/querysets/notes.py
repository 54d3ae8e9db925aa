"""Notes: how often each was read, and which have had their time."""

import datetime
from typing import Any

from django.db import models
from django.db.models import Count


class NoteQuerySet(models.QuerySet):
    """Notes."""

    def with_reading_count(self) -> Any:
        """Each with `times_read`; what it says stays sealed."""
        return self.defer("sealed").annotate(times_read=Count("readings"))

    def of_files_closed_by(self, day: datetime.date) -> Any:
        """Those of files that were over on a day and are still."""
        return self.filter(file__closed_on__lte=day)
