"""What became of a list, in words: the same for the contact person and for a coordinator."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.requests.participants.enrol_list import LineStatus, Outcome
from trainings.requests.participants.parse import Flaw

STATUSES: dict[LineStatus, Promise] = {
    LineStatus.ENROLLED: _("enrolled, a mail is on its way"),
    LineStatus.WAITING: _("on the waiting list: no seat is left"),
    LineStatus.ALREADY: _("was in this session already"),
}
FLAWS: dict[Flaw, Promise] = {
    Flaw.NO_EMAIL: _("no e-mail address in this line"),
    Flaw.SEVERAL_EMAILS: _("several e-mail addresses in this line: give each person a line"),
    Flaw.BAD_EMAIL: _("the e-mail address is not complete"),
    Flaw.NO_NAME: _("no name in this line"),
    Flaw.UNFIT: _("name or function is too long, or holds a web address"),
    Flaw.TWICE: _("this address stands further up in the list"),
    Flaw.HEADING: _("read as the heading of the columns"),
}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """`is_done`: nothing is left to do about it."""

    number: int
    text: str
    words: str
    is_done: bool


def report_of(outcomes: list[Outcome]) -> list[ReportLine]:
    """A line each, in the order of the list."""
    report = []
    for each in outcomes:
        flaw = each.line.flaw
        words = FLAWS[flaw] if flaw else STATUSES[each.status]
        text = f"{each.line.name}, {each.line.email}" if each.status != LineStatus.LEFT else each.line.typed
        is_done = flaw in {None, Flaw.TWICE, Flaw.HEADING}
        report.append(ReportLine(number=each.line.number, text=text, words=str(words), is_done=is_done))
    return report
