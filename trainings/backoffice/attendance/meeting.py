"""What every screen about one meeting shares."""

from django.urls import reverse
from django.utils.functional import cached_property

from core.backoffice.screens import ObjectScreen
from trainings.backoffice.permissions import MARK_ATTENDANCE, meeting_or_404
from trainings.models import Meeting, Session


class MeetingScreen(ObjectScreen[Session]):
    """A screen about one meeting. What it is done to, and stands below, is the session."""

    model = Session
    viewset_name = "trainings_sessions"
    permission = MARK_ATTENDANCE
    header_icon = "tasks"

    @cached_property
    def meeting(self) -> Meeting:
        """The meeting of the URL, if the user may know of it."""
        return meeting_or_404(self.request.user, self.kwargs["pk"])

    @cached_property
    def object(self) -> Session:
        return self.meeting.session

    @property
    def roll_url(self) -> str:
        return reverse("trainings_backoffice:roll_call", args=[self.meeting.pk])
