"""The roll call of a meeting on a phone. Each tick leaves at once, or with the next network; without JavaScript one button saves all."""

import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.permissions import RequiresPermission, staff
from trainings.attendance.mark import ARRIVAL, CannotMark, close_roll
from trainings.attendance.merge import SentMark, open_conflicts, receive_mark
from trainings.attendance.roll import RollLine, count_roll, roll_of
from trainings.backoffice.attendance.conflicts import conflict_text, shown_conflicts
from trainings.backoffice.attendance.meeting import MeetingScreen
from trainings.backoffice.attendance.sent import STATUSES, sent_mark
from trainings.backoffice.permissions import MARK_ATTENDANCE, can_read_access_needs
from trainings.backoffice.refusals import MARK_REFUSALS
from trainings.enums import AttendanceStatus
from trainings.models import Attendance, Enrolment, MarkOutcome, Session

# Around a meeting its roll call is kept on the device that opened it. Not before or after: it holds names.
KEPT_AROUND = datetime.timedelta(hours=12)


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
        now = clock.now()
        can_mark = now >= self.meeting.starts_at - ARRIVAL
        return super().get_context_data(**kwargs) | {
            "meeting": self.meeting,
            "session": self.object,
            "meetings": meetings,
            "place": next(number for number, each in enumerate(meetings, start=1) if each.pk == self.meeting.pk),
            "lines": lines,
            "conflicts": shown_conflicts(self.meeting, lines),
            "can_mark_all": counts["unmarked"] and can_mark,
            "can_add": can_mark,
            "is_kept": abs(now - self.meeting.starts_at) < KEPT_AROUND,
            "tally": [(value, label, counts[value]) for value, label in labels],
            "statuses": AttendanceStatus.choices,
            "planned": self.meeting.minutes,
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
        if open_conflicts(self.meeting).exists():
            messages.warning(request, _("Some people were noted differently by somebody else: decide below."))
        return redirect(self.roll_url)

    def _save(self, line: RollLine) -> bool:
        """Only what the reader changed: somebody else may have ticked since the page was loaded."""
        key = line.enrolment.pk
        names = {"status": "status", "minutes": "minutes", "seen": "shown", "seen_minutes": "shown-minutes"}
        sent = {name: self.request.POST.get(f"{field}-{key}", "") for name, field in names.items()}
        is_new = sent["status"] != sent["seen"]
        is_corrected = sent["status"] == AttendanceStatus.LATE and sent["minutes"] != sent["seen_minutes"]
        if not (is_new or is_corrected) or sent["status"] not in STATUSES:
            return False
        mark = receive_mark(mark=sent_mark(sent), enrolment=line.enrolment, meeting=self.meeting, now=clock.now(), by=staff(self.request))
        return mark.outcome != MarkOutcome.CONFLICT


class MarkView(MeetingScreen, View):
    """Takes one tick, also one made off line; an empty status takes it away. Answers with what stands now."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        meeting = self.meeting  # first: somebody else's meeting is unknown, whatever is asked
        wanted = request.POST.get("status", "")
        number = request.POST.get("enrolment", "")
        if wanted not in STATUSES or not number.isdecimal() or len(number) > 18:
            return JsonResponse({"error": _("This presence is not one we know.")}, status=400)
        enrolment = get_object_or_404(Enrolment, pk=int(number), session_id=meeting.session_id)
        try:
            sent: SentMark = sent_mark(request.POST.dict())
            mark = receive_mark(mark=sent, enrolment=enrolment, meeting=meeting, now=clock.now(), by=staff(request))
        except CannotMark as refusal:
            return JsonResponse({"error": str(MARK_REFUSALS[refusal.reason])}, status=409)
        if mark.outcome != MarkOutcome.CONFLICT:
            return JsonResponse({"status": wanted})
        stands = Attendance.objects.filter(enrolment=enrolment, meeting=meeting).first()
        answer = {"status": stands.status if stands else "", "minutes": stands.minutes if stands else 0}
        return JsonResponse(answer | {"conflict": conflict_text(stands)})


class RollCallWorkerView(RequiresPermission, TemplateView):
    """The service worker that keeps an opened roll call on the device. Served from here: its scope is the folder it lies in."""

    permission = MARK_ATTENDANCE
    template_name = "trainings/backoffice/roll_call_worker.js"
    content_type = "text/javascript"

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        return super().render_to_response(context, headers={"Cache-Control": "no-cache"}, **response_kwargs)


class CloseRollView(MeetingScreen, ObjectActionView[Session]):
    """Says how many will be noted absent, then closes the roll."""

    action_label = gettext_lazy("Close the roll call")
    log_action = "trainings.close_roll"
    done = gettext_lazy("The roll call is closed.")
    refusals: ClassVar = {CannotMark: lambda refusal: MARK_REFUSALS[refusal.reason]}

    def effects(self) -> list[str]:
        lines = roll_of(self.meeting)
        count = count_roll(line.status for line in lines)["unmarked"]
        unmarked = ngettext(
            "%(count)s person without a mark will be noted absent.", "%(count)s people without a mark will be noted absent.", count
        )
        sentences = [unmarked % {"count": count}]
        undecided = open_conflicts(self.meeting).count()
        if undecided:
            text = ngettext(
                "%(count)s presence was noted differently by two people and is still to decide; no certificate is issued before.",
                "%(count)s presences were noted differently by two people and are still to decide; no certificate is issued before.",
                undecided,
            )
            sentences.append(text % {"count": undecided})
        return [*sentences, _("You can still correct a presence afterwards. Nobody gets a mail.")]

    def step(self, form: Any) -> None:
        close_roll(meeting=self.meeting, now=clock.now(), by=staff(self.request))

    @property
    def back_url(self) -> str:
        return self.roll_url
