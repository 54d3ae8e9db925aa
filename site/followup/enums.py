"""What requests and files can be, and which change of status is allowed. Codes are the parts of figures: they never change."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Pillar(models.TextChoices):
    """Whom a request is for."""

    MOBILE_TEAM = "mobile_team", _("Mobile team")
    SUPERVISION = "supervision", _("Supervision of a team")
    PAT = "pat", _("PAT: peer and team support")


class Origin(models.TextChoices):
    """How somebody found us."""

    EARLIER = "earlier", _("had asked us before")
    COLLEAGUE = "colleague", _("a colleague recommended us")
    TRAINING = "training", _("after a training of ours")
    WEB = "web", _("found us on the internet")
    OTHER = "other", pgettext_lazy("origin", "another way")


class Reason(models.TextChoices):
    """The main reason of a request: of the situation, never of a person by name."""

    CONCERN = "concern", _("worry about the mental state of a person")
    NEWWAYS = "newways", _("the team needs new openings")
    LOSS = "loss", _("risk of losing the home or the place")
    FUTURE = "future", _("plans for the future are stuck")
    PSY = "psy", _("psychological follow-up is asked for")
    TEAM = "team", _("the team is worn out or stuck")
    PEER = "peer", _("to work with a peer worker")
    OTHER = "other", pgettext_lazy("reason", "another reason")


class Source(models.TextChoices):
    """How a request came in."""

    FORM = "form", _("form of the site")
    STAFF = "staff", _("noted by a colleague")


class RequestStatus(models.TextChoices):
    """How far a request is."""

    RECEIVED = "received", _("received")
    ANALYSIS = "analysis", pgettext_lazy("request for support", "analysis")
    ON_HOLD = "on_hold", _("on hold")
    ADVICE_ONLY = "advice_only", _("advice was enough")
    FILE_OPENED = "file_opened", _("file opened")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")


REQUEST_ENDS = (RequestStatus.ADVICE_ONLY, RequestStatus.DECLINED, RequestStatus.WITHDRAWN)
REQUEST_TRANSITIONS: dict[str, set[str]] = {
    RequestStatus.RECEIVED: {RequestStatus.ANALYSIS, RequestStatus.ON_HOLD, RequestStatus.FILE_OPENED, *REQUEST_ENDS},
    RequestStatus.ANALYSIS: {RequestStatus.ON_HOLD, RequestStatus.FILE_OPENED, *REQUEST_ENDS},
    RequestStatus.ON_HOLD: {RequestStatus.ANALYSIS, RequestStatus.FILE_OPENED, *REQUEST_ENDS},
    # Advice was not enough after all: the same request, not another one.
    RequestStatus.ADVICE_ONLY: {RequestStatus.FILE_OPENED},
    RequestStatus.FILE_OPENED: set(),
    RequestStatus.DECLINED: set(),
    RequestStatus.WITHDRAWN: set(),
}
OPEN_REQUESTS = (RequestStatus.RECEIVED, RequestStatus.ANALYSIS, RequestStatus.ON_HOLD)


class FileStatus(models.TextChoices):
    """Whether a file is still worked on."""

    OPEN = "open", pgettext_lazy("file", "open")
    ON_HOLD = "on_hold", _("on hold")
    CLOSED = "closed", pgettext_lazy("file", "closed")
    BROKEN_OFF = "broken_off", _("broken off")


FILE_ENDS = (FileStatus.CLOSED, FileStatus.BROKEN_OFF)
FILE_TRANSITIONS: dict[str, set[str]] = {
    FileStatus.OPEN: {FileStatus.ON_HOLD, *FILE_ENDS},
    FileStatus.ON_HOLD: {FileStatus.OPEN, *FILE_ENDS},
    # Taken up again; the history keeps both days.
    FileStatus.CLOSED: {FileStatus.OPEN},
    FileStatus.BROKEN_OFF: {FileStatus.OPEN},
}


class EventKind(models.TextChoices):
    """What was done for a file."""

    CONTACT = "contact", _("contact by phone or mail")
    VISIT = "visit", _("visit")
    MEETING = "meeting", pgettext_lazy("event of a file", "other meeting")
    TEAM_MEETING = "team_meeting", _("team meeting")
    SUPERVISION = "supervision", _("supervision meeting")
    WORKING_GROUP = "working_group", _("working group")
    TRAINING_DAY = "training_day", _("training day")
    JOB_INTERVIEW = "job_interview", _("job interview")
    INTRODUCTION = "introduction", _("introductory meeting")
    HIRE = "hire", _("peer worker hired")


# What a file of each pillar is asked first; the others stand behind them.
USUAL_EVENTS: dict[str, tuple[EventKind, ...]] = {
    Pillar.MOBILE_TEAM: (EventKind.CONTACT, EventKind.VISIT, EventKind.MEETING, EventKind.TEAM_MEETING),
    Pillar.SUPERVISION: (EventKind.SUPERVISION, EventKind.CONTACT, EventKind.TEAM_MEETING, EventKind.MEETING),
    Pillar.PAT: (
        *(EventKind.CONTACT, EventKind.INTRODUCTION, EventKind.WORKING_GROUP, EventKind.TEAM_MEETING, EventKind.TRAINING_DAY),
        *(EventKind.JOB_INTERVIEW, EventKind.HIRE, EventKind.SUPERVISION, EventKind.MEETING),
    ),
}


class SystemNote(models.TextChoices):
    """What we ourselves note beside a change of status."""

    BY_LINK = "by_link", _("By the link of the mail.")
    ERASED = "erased", _("The contact person asked to be forgotten.")
