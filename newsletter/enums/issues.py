"""Where an issue and each of its deliveries stand, and the ways from one to the next."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core import system_notes


class IssueStatus(TextChoices):
    """The life of an issue."""

    DRAFT = "draft", _("draft")
    AWAITING = "awaiting", _("waiting for a second person")
    SCHEDULED = "scheduled", _("scheduled")
    SENDING = "sending", _("being sent")
    PAUSED = "paused", _("paused")
    SENT = "sent", _("sent")
    CANCELLED = "cancelled", _("stopped for good")


# From each status, where an issue may go. Every step leaves an IssueTransition.
ISSUE_TRANSITIONS: dict[str, frozenset[str]] = {
    IssueStatus.DRAFT: frozenset({IssueStatus.AWAITING, IssueStatus.SCHEDULED}),
    IssueStatus.AWAITING: frozenset({IssueStatus.DRAFT, IssueStatus.SCHEDULED}),
    IssueStatus.SCHEDULED: frozenset({IssueStatus.DRAFT, IssueStatus.SENDING}),
    IssueStatus.SENDING: frozenset({IssueStatus.PAUSED, IssueStatus.SENT, IssueStatus.CANCELLED}),
    IssueStatus.PAUSED: frozenset({IssueStatus.SENDING, IssueStatus.CANCELLED}),
    # "Send to those who did not get it" opens a finished issue again.
    IssueStatus.SENT: frozenset({IssueStatus.SENDING}),
    IssueStatus.CANCELLED: frozenset({IssueStatus.SENDING}),
}
# Nothing has left yet. Words change in DRAFT only: later they are frozen, and somebody has agreed to them.
OPEN = frozenset({IssueStatus.DRAFT, IssueStatus.AWAITING, IssueStatus.SCHEDULED})
FROZEN = OPEN - {IssueStatus.DRAFT}


class Refusal(TextChoices):
    """Why an issue cannot be sent. Issue.trouble and IssueTransition.reason keep the value, so that each reader gets her language."""

    NO_EDITION = "no_edition", _("There is no edition yet.")
    FINDINGS = "findings", _("The checks are not green for the words as they stand: run them, mend or overrule what they find.")
    NOBODY = "nobody", _("Nobody would get it.")
    PAST = "past", _("That moment is over.")
    SAME_PERSON = "same_person", _("Somebody else than the person who pressed Send must agree.")
    UNPUBLISHABLE = "unpublishable", _("An edition cannot be published as it stands: open it, mend what is marked in red, and save it.")
    ACCIDENT = "accident", _("Something went wrong in the site itself; the people who look after it find it in its log.")


class SystemNote(TextChoices):
    """What we ourselves note beside a step or a delivery. Kept as its value too, where others' words may stand as well."""

    TO_THE_REST = "to_the_rest", _("To those who did not get it.")
    SENDER_GONE = "sender_gone", _("The sender ended before it knew.")
    UNWRITABLE = "unwritable", _("The address cannot be written.")


def note_label(note: str) -> str:
    """A note kept beside an issue or a delivery, in the active language where it is a code of ours."""
    return system_notes.note_label(note, Refusal, SystemNote)


class DeliveryStatus(TextChoices):
    """What became of one mail."""

    WAITING = "waiting", _("waiting")
    CLAIMED = "claimed", _("on its way")
    ACCEPTED = "accepted", _("accepted by the mail server")
    REFUSED = "refused", _("refused")
    SUPPRESSED = "suppressed", _("not sent: no longer wanted")
    UNCERTAIN = "uncertain", _("uncertain")
    CANCELLED = "cancelled", _("not sent: stopped")


# Nothing more happens to these by itself.
FINAL = frozenset(
    {DeliveryStatus.ACCEPTED, DeliveryStatus.REFUSED, DeliveryStatus.SUPPRESSED, DeliveryStatus.UNCERTAIN, DeliveryStatus.CANCELLED}
)


class Rubric(TextChoices):
    """The parts of an issue, in their usual order."""

    SMES = "smes", _("Smes news")
    SECTOR = "sector", _("Sector news")
    TRAININGS = "trainings", _("Trainings with free seats")
    PUBLICATIONS = "publications", _("Publications")
    PRESS = "press", _("Press")
    EVENTS = "events", _("Events")


class TrainingState(StrEnum):
    """Whether a reader can still enrol in a training an issue tells of. `over`: it has begun at least."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    OVER = "over"


class MissingEdition(TextChoices):
    """What readers get when the issue has no edition in their language."""

    NOTHING = "nothing", _("They get nothing this time")
    FRENCH = "french", _("They get the French edition")
