"""Statuses, sets of statuses, allowed transitions and choices of the map, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlaceStatus(models.TextChoices):
    """The status of a place."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", pgettext_lazy("place", "published")
    TO_CONFIRM = "to_confirm", _("to be confirmed")
    WITHDRAWN = "withdrawn", pgettext_lazy("place", "withdrawn")


class SystemNote(models.TextChoices):
    """What we ourselves note beside a change of status."""

    STILL_RIGHT = "still_right", _("Still right.")
    NO_ANSWER = "no_answer", _("No answer to the reminders.")


# What readers see. A place to be confirmed stays, and says so.
VISIBLE = (PlaceStatus.PUBLISHED, PlaceStatus.TO_CONFIRM)

PLACE_TRANSITIONS: dict[str, set[str]] = {
    PlaceStatus.DRAFT: {PlaceStatus.PUBLISHED, PlaceStatus.WITHDRAWN},
    PlaceStatus.PUBLISHED: {PlaceStatus.TO_CONFIRM, PlaceStatus.WITHDRAWN},
    PlaceStatus.TO_CONFIRM: {PlaceStatus.PUBLISHED, PlaceStatus.WITHDRAWN},
    PlaceStatus.WITHDRAWN: {PlaceStatus.DRAFT},
}


class Practice(models.TextChoices):
    """The ways peers take part."""

    EMPLOYED = "employed", _("paid peer workers")
    VOLUNTEER = "volunteer", _("volunteer peer workers")
    SELF_HELP = "self_help", _("self-help by peers")
    PLACEMENT = "placement", _("peer workers in training")
    OPEN = "open", _("open to peer support")


class RoleName(models.TextChoices):
    """The job title the organisation uses."""

    PEER_WORKER = "peer_worker", _("peer worker")
    EXPERT = "expert", _("expert by experience")
    JOBIST = "jobist", _("paid by the day (“jobiste”)")
    FACILITATOR = "facilitator", _("group facilitator")


class Headcount(models.TextChoices):
    """The number of peer workers as a range, so that nobody can be recognised."""

    UNKNOWN = "", _("not known")
    ONE = "1", pgettext_lazy("number of peer workers", "one")
    FEW = "2-3", _("two or three")
    MANY = "4+", _("four or more")


class ServiceLanguage(models.TextChoices):
    """Languages a service works in."""

    FR = "fr", _("French")
    NL = "nl", _("Dutch")
    DE = "de", _("German")
    EN = "en", _("English")
    SIGN = "sign", _("sign language")


class Region(models.TextChoices):
    """Regions, under their NIS codes."""

    BRUSSELS = "04000", _("Brussels")
    WALLONIA = "03000", _("Wallonia")
    FLANDERS = "02000", _("Flanders")


class Precision(models.TextChoices):
    """How closely a place is shown. A women's refuge is shown by its municipality only."""

    ADDRESS = "address", _("address")
    MUNICIPALITY = "municipality", _("municipality only")


class Provenance(models.TextChoices):
    """Where the record comes from."""

    ORGANISATION = "organisation", _("the organisation itself")
    SMES = "smes", _("Smes")
    PUBLISHED = "published", _("a published source")
    IMPORT = "import", _("a file that was imported")
    PROPOSAL = "proposal", _("a visitor of this site")


class Proposer(models.TextChoices):
    """Who says that a service belongs on the map."""

    SERVICE = "service", _("Yes, I speak for it")
    VISITOR = "visitor", _("No, I know it from outside")


class CheckedBy(models.TextChoices):
    """Who said that a record is right."""

    ORGANISATION = "organisation", _("the organisation")
    SMES = "smes", _("Smes")


class SubmissionKind(models.TextChoices):
    """What somebody sent."""

    PROPOSAL = "proposal", _("proposal")
    REPORT = "report", pgettext_lazy("message about the map", "report")
    EDIT = "edit", _("edit by the organisation")


class SubmissionStatus(models.TextChoices):
    """Where it stands."""

    UNCONFIRMED = "unconfirmed", _("address not confirmed yet")
    OPEN = "open", _("to decide")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


SUBMISSION_TRANSITIONS: dict[str, set[str]] = {
    SubmissionStatus.UNCONFIRMED: {SubmissionStatus.OPEN},
    SubmissionStatus.OPEN: {SubmissionStatus.ACCEPTED, SubmissionStatus.REFUSED},
    SubmissionStatus.ACCEPTED: set(),
    SubmissionStatus.REFUSED: set(),
}


class ReportReason(models.TextChoices):
    """What is wrong with a record."""

    GONE = "gone", _("This place does not exist any more")
    NO_PEERS = "no_peers", _("It does not work with peers (any more)")
    WRONG = "wrong", _("The address, the contact or another detail is wrong")
    DUPLICATE = "duplicate", _("It is here twice")
    OTHER = "other", _("Something else")


class ImportStatus(models.TextChoices):
    """The life of a file of places. Nothing is written before a person has seen the dry run."""

    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, waits for you")
    RUNNING = "running", _("being imported")
    DONE = "done", _("imported")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


IMPORT_TRANSITIONS: dict[str, set[str]] = {
    ImportStatus.CHECKING: {ImportStatus.CHECKED, ImportStatus.FAILED},
    ImportStatus.CHECKED: {ImportStatus.RUNNING, ImportStatus.CANCELLED},
    ImportStatus.RUNNING: {ImportStatus.DONE, ImportStatus.FAILED},
    ImportStatus.DONE: set(),
    ImportStatus.FAILED: set(),
    ImportStatus.CANCELLED: set(),
}


class RowOutcome(models.TextChoices):
    """What becomes of a row of a file."""

    PENDING = "pending", _("not looked at yet")
    NEW = "new", _("new place")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    LIKELY = "likely", _("perhaps on the map already: you decide")
    REPEATED = "repeated", _("same place on an earlier row")
    SKIPPED = "skipped", _("left out, as you decided")
    REFUSED = "refused", _("refused")


class RowDecision(models.TextChoices):
    """What a person says of a row that may be a place of the map."""

    SKIP = "skip", _("leave it out")
    SAME = "same", _("the same place: update it")
    NEW = "new", _("another place: add it")
