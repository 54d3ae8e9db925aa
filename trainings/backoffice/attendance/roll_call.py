"""The roll call of a meeting on a phone. Each tick is saved at once; without JavaScript one button saves all."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.permissions import staff
from core.backoffice.screens import ObjectScreen
from core.models import User
from trainings.attendance.mark import ARRIVAL, CannotMark, MarkRefusal, close_roll, mark_attendance
from trainings.attendance.roll import RollLine, count_roll, roll_of
from trainings.backoffice.permissions import MARK_ATTENDANCE, can_read_access_needs, meeting_or_404
from trainings.backoffice.refusals import MARK_REFUSALS
from trainings.enums import AttendanceStatus
from trainings.models import Enrolment, Meeting, Session


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


def mark(enrolment: Enrolment, meeting: Meeting, status: str, minutes: str, by: User) -> None:
    """One tick as it was sent. Minutes are asked of those who came late only; empty: the whole meeting."""
    attended = None
    if status == AttendanceStatus.LATE and minutes:
        if not minutes.isdecimal() or len(minutes) > 4:
            raise CannotMark(MarkRefusal.MINUTES)
        attended = int(minutes)
    given = AttendanceStatus(status) if status else None
    mark_attendance(enrolment=enrolment, meeting=meeting, status=given, now=clock.now(), by=by, minutes=attended)


class RollCallView(MeetingScreen, TemplateView):
    """GET shows the roll; POST saves what changed since the page was loaded, for readers without JavaScript."""

    template_name = "trainings/backoffice/roll_call.html"
    page_title = gettext_lazy("Roll call")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = roll_of(self.meeting)
        counts = count_roll(line.status for line in lines)
        # Translators: on the roll call, after the number of people without a mark.
        labels = [*AttendanceStatus.choices, ("unmarked", _("not marked"))]
        meetings = list(self.object.meetings.all())
        return super().get_context_data(**kwargs) | {
            "meeting": self.meeting,
            "session": self.object,
            "meetings": meetings,
            "place": next(number for number, each in enumerate(meetings, start=1) if each.pk == self.meeting.pk),
            "lines": lines,
            "can_mark_all": counts["unmarked"] and clock.now() >= self.meeting.starts_at - ARRIVAL,
            "can_add": clock.now() >= self.meeting.starts_at - ARRIVAL,
            "tally": [(value, label, counts[value]) for value, label in labels],
            "statuses": AttendanceStatus.choices,
            "planned": int(self.meeting.duration.total_seconds() // 60),
            "shows_access_needs": can_read_access_needs(self.request.user, self.object),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        changed, refused = 0, []
        for line in roll_of(self.meeting):
            try:
                changed += self._save(line)
            except CannotMark as refusal:
                refused.append(f"{line.enrolment.name}: {MARK_REFUSALS[refusal.reason]}")
        if refused:
            messages.error(request, " ".join(refused))
        messages.success(request, ngettext("%(count)s presence saved.", "%(count)s presences saved.", changed) % {"count": changed})
        return redirect(self.roll_url)

    def _save(self, line: RollLine) -> bool:
        """Only what the reader changed: somebody else may have ticked since the page was loaded."""
        key = line.enrolment.pk
        sent = self.request.POST.get
        wanted, minutes = sent(f"status-{key}", ""), sent(f"minutes-{key}", "")
        is_new = wanted != sent(f"shown-{key}", "")
        is_corrected = wanted == AttendanceStatus.LATE and minutes != sent(f"shown-minutes-{key}", "")
        if not (is_new or is_corrected) or wanted not in {"", *AttendanceStatus.values}:
            return False
        mark(line.enrolment, self.meeting, wanted, minutes, staff(self.request))
        return True


class MarkView(MeetingScreen, View):
    """Saves one tick; an empty status takes it away. Answers with what stands now."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        meeting = self.meeting  # first: somebody else's meeting is unknown, whatever is asked
        wanted = request.POST.get("status", "")
        number = request.POST.get("enrolment", "")
        if wanted not in {"", *AttendanceStatus.values} or not number.isdecimal() or len(number) > 18:
            return JsonResponse({"error": _("This presence is not one we know.")}, status=400)
        enrolment = get_object_or_404(Enrolment, pk=int(number), session_id=meeting.session_id)
        try:
            mark(enrolment, meeting, wanted, request.POST.get("minutes", ""), staff(request))
        except CannotMark as refusal:
            return JsonResponse({"error": str(MARK_REFUSALS[refusal.reason])}, status=409)
        return JsonResponse({"status": wanted})


class CloseRollView(MeetingScreen, ObjectActionView[Session]):
    """Says how many will be noted absent, then closes the roll."""

    action_label = gettext_lazy("Close the roll call")
    log_action = "trainings.close_roll"
    done = gettext_lazy("The roll call is closed.")
    refusals: ClassVar = {CannotMark: lambda refusal: MARK_REFUSALS[refusal.reason]}

    def effects(self) -> list[str]:
        count = count_roll(line.status for line in roll_of(self.meeting))["unmarked"]
        unmarked = ngettext(
            "%(count)s person without a mark will be noted absent.", "%(count)s people without a mark will be noted absent.", count
        )
        return [unmarked % {"count": count}, _("You can still correct a presence afterwards. Nobody gets a mail.")]

    def step(self, form: Any) -> None:
        close_roll(meeting=self.meeting, now=clock.now(), by=staff(self.request))

    @property
    def back_url(self) -> str:
        return self.roll_url
