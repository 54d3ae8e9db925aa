"""Files: who may read them, which were active on some days, which are silent."""

import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from followup.enums import FileStatus
from followup.querysets.requests import team_code

VIEW_ANY_FILE = "followup.view_any_file"


class FileQuerySet(models.QuerySet):
    """Files."""

    def for_user(self, user: Any) -> Any:
        """Those a user may read: of the teams she is in, or all where she directs."""
        if user.has_perm(VIEW_ANY_FILE):
            return self.all()
        return self.filter(pk__in=apps.get_model("followup.File").team.through.objects.filter(user_id=user.pk).values("file_id"))

    def active_in(self, first: datetime.date, last: datetime.date) -> Any:
        """Open on at least one of these days, both included; on hold counts, for it may go on."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gte=first), opened_on__lte=last)

    def carried_into(self, first: datetime.date) -> Any:
        """Opened before a day and not over by then."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gte=first), opened_on__lt=first)

    def with_latest_event(self) -> Any:
        """Each with `heard_on`: the day of the latest event, or that it was opened."""
        events = apps.get_model("followup.FileEvent").objects.filter(file=OuterRef("pk")).order_by().values("file")
        latest = Subquery(events.annotate(latest=Max("held_on")).values("latest"))
        return self.annotate(heard_on=Greatest(Coalesce(latest, "opened_on"), "opened_on"))

    def silent_since(self, day: datetime.date) -> Any:
        """Open ones of which nothing was noted since a day; the longest silent first."""
        return self.with_latest_event().filter(status=FileStatus.OPEN, heard_on__lt=day).order_by("heard_on", "pk")

    def with_team_code(self) -> Any:
        """Each with the code of the team it is about."""
        return self.annotate(team_code=team_code("request__"))
