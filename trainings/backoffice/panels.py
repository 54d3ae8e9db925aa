"""Dashboard panel: upcoming sessions, roll calls to do, people waiting. Each line links to a filtered listing."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from core import clock
from core.backoffice.wiring import Panel
from trainings.backoffice.permissions import (
    ADD_SESSIONS,
    MARK_ATTENDANCE,
    RUN_SESSIONS,
    VIEW_REQUESTS,
    VIEW_SESSIONS,
    meetings_for,
    sessions_for,
)
from trainings.enums import SessionStatus
from trainings.models import Meeting, Session
from trainings.models.requests import Turn
from trainings.requests.selectors import waiting_for_us

SHOWN = 5


class TrainingsPanel(Panel):
    """Next sessions with their seats, roll calls not done, people waiting where a seat is free."""

    name = "trainings"
    template_name = "trainings/backoffice/panel.html"
    order = 50
    permission = VIEW_SESSIONS

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user, now = self.request.user, clock.now()
        own: Any = sessions_for(user)
        listing = reverse("trainings_sessions:index")
        return {
            "next_sessions": own.upcoming(now).with_seats().select_related("module")[:SHOWN],
            "rolls": self._rolls() if user.has_perm(MARK_ATTENDANCE) else [],
            "can_plan": user.has_perm(ADD_SESSIONS),
            "gives_them": user.has_perm(MARK_ATTENDANCE) and not user.has_perm(ADD_SESSIONS),
            "claimed": self._claimed(own, now) if user.has_perm(RUN_SESSIONS) else [],
            "requests": waiting_for_us(clock.today(), limit=SHOWN) if user.has_perm(VIEW_REQUESTS) else [],
            "requests_url": f"{reverse('trainings_requests:index')}?turn={Turn.OURS}",
            "next_url": f"{listing}?period=upcoming&ordering=starts_at",
            "rolls_url": f"{listing}?rolls=due&ordering=starts_at",
            "claimed_url": f"{listing}?period=upcoming&seats=claimed&ordering=starts_at",
        }

    def _rolls(self) -> list[Meeting]:
        """Those of today are there in the morning: the trainer opens one before the first person comes in."""
        due = meetings_for(self.request.user).filter(starts_at__lt=clock.midnight(), roll_closed_at=None)
        visible = due.filter(session__status__in=(SessionStatus.PUBLISHED, SessionStatus.CLOSED))
        latest = list(visible.select_related("session__module").order_by("-starts_at")[:SHOWN])
        today = [meeting for meeting in latest if localtime(meeting.starts_at).date() == clock.today()]
        # The next one of this day stands first, then what was forgotten.
        return [*reversed(today), *(meeting for meeting in latest if meeting not in today)]

    def _claimed(self, own: Any, now: Any) -> list[Session]:
        rows = own.upcoming(now).with_seats().filter(free_seats__gt=0, waiting_count__gt=0).select_related("module")
        return list(rows[:SHOWN])
