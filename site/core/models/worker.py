"""Signs of life of the workers."""

import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkerHeartbeatQuerySet(models.QuerySet):
    """Heartbeats."""

    def alive(self, now: datetime.datetime, *, within: datetime.timedelta | None = None) -> Self:
        """Of workers heard of lately. One from the future is no sign of life: the clock was set back."""
        within = within or datetime.timedelta(seconds=settings.WORKER_SILENCE_SECONDS)
        return self.filter(seen_at__range=(now - within, now + within))


class WorkerHeartbeat(models.Model):
    """One running worker and when it was heard of."""

    worker_id = models.CharField(_("worker"), max_length=64, primary_key=True)
    started_at = models.DateTimeField(_("started at"))
    seen_at = models.DateTimeField(_("seen at"), db_index=True)

    objects = WorkerHeartbeatQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-seen_at"]
        verbose_name = _("worker heartbeat")
        verbose_name_plural = _("worker heartbeats")

    def __str__(self) -> str:
        return self.worker_id
