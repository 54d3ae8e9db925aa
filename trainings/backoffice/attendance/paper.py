"""The paper sheet typed back: one screen, one field a person, Enter leads to the next."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from core import clock
from core.backoffice.permissions import staff
from trainings.attendance.mark import CannotMark
from trainings.attendance.merge import SentMark, Standing, receive_mark, standing_of
from trainings.attendance.paper import NotUnderstood, parse_typed, typed_as
from trainings.attendance.roll import RollLine, roll_of
from trainings.backoffice.attendance.meeting import MeetingScreen
from trainings.backoffice.refusals import MARK_REFUSALS
from trainings.models import MarkOutcome, MarkSource


@dataclass(slots=True)
class PaperLine:
    """One person: her number on the sheet, what the page showed, what was typed, what is wrong with it."""

    line: RollLine
    number: int
    shown: str
    typed: str
    error: str = ""


class PaperView(MeetingScreen, TemplateView):
    """All people of the sheet in its order. What is wrong stays as typed, the rest is kept."""

    template_name = "trainings/backoffice/paper.html"
    page_title = gettext_lazy("Type the paper sheet")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = kwargs.pop("lines", None) or self._lines()
        return super().get_context_data(**kwargs) | {"meeting": self.meeting, "session": self.object, "lines": lines}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lines, kept, undecided = self._lines(request.POST), 0, 0
        for line in lines:
            if line.typed.strip() == line.shown:
                continue
            try:
                outcome = self._save(line)
            except NotUnderstood:
                line.error = _("Type +, a number of minutes, e, or -.")
            except CannotMark as refusal:
                line.error = str(MARK_REFUSALS[refusal.reason])
            else:
                undecided += outcome == MarkOutcome.CONFLICT
                kept += outcome != MarkOutcome.CONFLICT
        if kept:
            messages.success(request, ngettext("%(count)s presence saved.", "%(count)s presences saved.", kept) % {"count": kept})
        if any(line.error for line in lines):
            return self.render_to_response(self.get_context_data(lines=lines), status=422)
        if undecided:
            messages.warning(request, _("Some people were noted differently by somebody else: decide below."))
        return redirect(self.roll_url)

    def _lines(self, sent: Any = None) -> list[PaperLine]:
        """As they stand, or as they were sent."""
        lines = []
        for number, line in enumerate(roll_of(self.meeting), start=1):
            stands = typed_as(standing_of(line.attendance))
            key = line.enrolment.pk
            shown = sent.get(f"shown-{key}", stands) if sent else stands
            lines.append(PaperLine(line, number, shown, sent.get(f"mark-{key}", shown)[:20] if sent else stands))
        return lines

    def _save(self, line: PaperLine) -> str:
        wanted, seen = parse_typed(line.typed, self.meeting), self._seen(line)
        now = clock.now()
        mark = SentMark(
            client_id=uuid.uuid4(), status=wanted.status, minutes=wanted.minutes, seen=seen, made_at=now, source=MarkSource.PAPER
        )
        received = receive_mark(mark=mark, enrolment=line.line.enrolment, meeting=self.meeting, now=now, by=staff(self.request))
        line.shown = line.typed = typed_as(wanted)
        return received.outcome

    def _seen(self, line: PaperLine) -> Standing:
        """What the page showed; nonsense in the hidden field is nothing that was seen."""
        try:
            return parse_typed(line.shown, self.meeting)
        except NotUnderstood:
            return Standing()
