"""The life of a subscriber, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubscriberStatus(models.TextChoices):
    """Statuses of a subscriber. Only `subscribed` gets mail."""

    UNCONFIRMED = "unconfirmed", _("not confirmed")
    SUBSCRIBED = "subscribed", _("subscribed")
    UNSUBSCRIBED = "unsubscribed", _("has left")
    BOUNCED = "bounced", _("address does not work")
    COMPLAINED = "complained", _("reported as unwanted")


SUBSCRIBER_TRANSITIONS: dict[str, set[str]] = {
    SubscriberStatus.UNCONFIRMED: {SubscriberStatus.SUBSCRIBED, SubscriberStatus.UNSUBSCRIBED},
    SubscriberStatus.SUBSCRIBED: {SubscriberStatus.UNSUBSCRIBED, SubscriberStatus.BOUNCED, SubscriberStatus.COMPLAINED},
    # The way back is the subscriber's own: a new confirmation, or the undo of the page that says good-bye.
    SubscriberStatus.UNSUBSCRIBED: {SubscriberStatus.SUBSCRIBED, SubscriberStatus.COMPLAINED},
    SubscriberStatus.BOUNCED: {SubscriberStatus.SUBSCRIBED, SubscriberStatus.UNSUBSCRIBED, SubscriberStatus.COMPLAINED},
    SubscriberStatus.COMPLAINED: {SubscriberStatus.SUBSCRIBED, SubscriberStatus.UNSUBSCRIBED},
}


class SuppressionReason(models.TextChoices):
    """Why an email address is suppressed, even after its row is deleted."""

    UNSUBSCRIBED = "unsubscribed", _("left")
    ERASED = "erased", _("asked to be erased")
    BOUNCED = "bounced", _("address does not work")
    COMPLAINED = "complained", _("reported as unwanted")
    BY_HAND = "by_hand", _("blocked by hand")


class ConsentAction(models.TextChoices):
    """What a row of the register of consents says."""

    ASKED = "asked", _("asked for the newsletter")
    CONFIRMED = "confirmed", _("confirmed by the mailed link")
    IMPORTED = "imported", _("imported, with the source of the consent")
    CHANGED = "changed", _("changed language or themes")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RESTORED = "restored", _("withdrawal undone")
    ERASED = "erased", _("erased")


class Channel(models.TextChoices):
    """Where a request, a consent or a withdrawal came from."""

    FORM = "form", _("newsletter form")
    ENROLMENT = "enrolment", _("enrolment form")
    LINK = "link", _("mailed link")
    ONE_CLICK = "one_click", _("button of the mail program")
    IMPORT = "import", _("import")
    STAFF = "staff", _("back-office")


class ImportStatus(models.TextChoices):
    """The life of an import. Nothing is written to the subscribers before a person has seen the dry run."""

    ASKING = "asking", _("waits for your answers")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, waits for you")
    RUNNING = "running", _("being imported")
    DONE = "done", _("imported")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


IMPORT_TRANSITIONS: dict[str, set[str]] = {
    ImportStatus.ASKING: {ImportStatus.CHECKING, ImportStatus.CANCELLED},
    ImportStatus.CHECKING: {ImportStatus.CHECKED, ImportStatus.FAILED},
    ImportStatus.CHECKED: {ImportStatus.RUNNING, ImportStatus.CANCELLED},
    ImportStatus.RUNNING: {ImportStatus.DONE, ImportStatus.FAILED},
    ImportStatus.DONE: set(),
    ImportStatus.FAILED: set(),
    ImportStatus.CANCELLED: set(),
}


class LineOutcome(models.TextChoices):
    """Outcome of one line of an import."""

    PENDING = "pending", _("not looked at yet")
    NEW = "new", _("new reader")
    KNOWN = "known", _("reader already, unchanged")
    UNCONFIRMED = "unconfirmed", _("has not confirmed yet, unchanged")
    SUPPRESSED = "suppressed", _("does not want mail or cannot get it")
    KEPT_OUT = "kept_out", _("left or unreachable, says the file: kept out from now on")
    REMOVED = "removed", _("reader who left, says the file: taken off")
    NO_CONSENT = "no_consent", _("has not agreed or not confirmed, says the file: left out")
    DUPLICATE = "duplicate", _("same address on an earlier line")
    INVALID = "invalid", _("not an e-mail address")
    BAD_LANGUAGE = "bad_language", _("unknown language")


class Standing(models.TextChoices):
    """What a file says of the consent of a line, from the mildest to the strictest."""

    SUBSCRIBED = "subscribed", _("agreed to get it")
    UNCONFIRMED = "unconfirmed", _("has not agreed, or not confirmed")
    BOUNCED = "bounced", _("address does not work")
    UNSUBSCRIBED = "unsubscribed", _("has left")
    COMPLAINED = "complained", _("reported it as unwanted")
