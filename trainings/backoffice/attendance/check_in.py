"""The code people scan in the room: on a screen, or printed for the wall."""

from io import BytesIO
from typing import Any

import segno
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core import clock
from core.web.absolute_urls import absolute_url
from trainings.attendance.check_in.codes import PERIOD, code_at, is_open
from trainings.backoffice.attendance.meeting import MeetingScreen
from trainings.models import CheckIn


def qr_code(url: str) -> str:
    """The code as SVG, made here: no other site hears of it."""
    drawing = BytesIO()
    segno.make(url, error="m", micro=False).save(
        drawing, kind="svg", border=2, xmldecl=False, omitsize=True, svgns=True, dark="#000", light="#fff"
    )
    return mark_safe(drawing.getvalue().decode())  # noqa: S308 (drawn here, from a URL of ours)


class CheckInCodeView(MeetingScreen, TemplateView):
    """One code large enough for a room. On a screen the page loads itself anew with each code."""

    template_name = "trainings/backoffice/check_in_code.html"
    page_title = gettext_lazy("Code to check in")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, meeting = clock.now(), self.meeting
        changes = meeting.session.check_in == CheckIn.SCREEN
        # A code for the wall is printed beforehand; it is taken only around the hours of the meeting.
        is_shown = meeting.session.check_in == CheckIn.WALL or (changes and is_open(meeting, now))
        code = code_at(meeting, now) if is_shown else ""
        url = absolute_url("trainings:check_in_by_code", meeting.pk, code, language=meeting.session.language) if code else ""
        length = int(PERIOD.total_seconds())
        return super().get_context_data(**kwargs) | {
            "meeting": meeting,
            "session": self.object,
            "code": code,
            "drawing": qr_code(url) if url else "",
            "seconds": length - int(now.timestamp()) % length + 1 if changes else 0,
        }

    @property
    def back_url(self) -> str:
        return self.roll_url
