"""Statuses of issues and deliveries, and their allowed transitions."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.lifecycle import system_notes


class IssueStatus(TextChoices):
    """Statuses of an issue."""

    DRAFT = "draft", _("draft")
    AWAITING = "awaiting", _("waiting for a second person")
    SCHEDULED = "scheduled", _("scheduled")
    SENDING = "sending", _("being sent")
    PAUSED = "paused", _("paused")
    SENT = "sent", _("sent")
    CANCELLED = "cancelled", _("stopped for good")


# Status → allowed next statuses. Every change creates an IssueTransition.
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
# Nothing was sent yet. The content changes in DRAFT only: afterwards it is frozen, and perhaps approved.
OPEN = frozenset({IssueStatus.DRAFT, IssueStatus.AWAITING, IssueStatus.SCHEDULED})
FROZEN = OPEN - {IssueStatus.DRAFT}


class Refusal(TextChoices):
    """Why an issue cannot be sent. Issue.pause_reason and IssueTransition.reason store the value; it is translated when shown."""

    NO_EDITION = "no_edition", _("There is no edition yet.")
    FINDINGS = "findings", _("The checks are not green for the words as they stand: run them, mend or overrule what they find.")
    NOBODY = "nobody", _("Nobody would get it.")
    PAST = "past", _("That moment is over.")
    SAME_PERSON = "same_person", _("Somebody else than the person who pressed Send must agree.")
    UNPUBLISHABLE = "unpublishable", _("An edition cannot be published as it stands: open it, mend what is marked in red, and save it.")
    ACCIDENT = "accident", _("Something went wrong in the site itself; the people who look after it find it in its log.")


class SystemNote(TextChoices):
    """Notes of the system beside a transition or a delivery. Stored as their value, in fields that hold free text too."""

    TO_MISSED = "to_the_rest", _("To those who did not get it.")
    SENDER_GONE = "sender_gone", _("The sender ended before it knew.")
    UNWRITABLE = "unwritable", _("The address cannot be written.")


def note_label(note: str) -> str:
    """A note beside an issue or a delivery, translated where it is one of ours."""
    return system_notes.note_label(note, Refusal, SystemNote)


class DeliveryStatus(TextChoices):
    """Outcome of one mail, or its state until then."""

    WAITING = "waiting", _("waiting")
    CLAIMED = "claimed", _("on its way")
    ACCEPTED = "accepted", _("accepted by the mail server")
    REFUSED = "refused", _("refused")
    SUPPRESSED = "suppressed", _("not sent: no longer wanted")
    UNCERTAIN = "uncertain", _("uncertain")
    CANCELLED = "cancelled", _("not sent: stopped")


# Nothing more happens to these automatically.
FINAL = frozenset(
    {DeliveryStatus.ACCEPTED, DeliveryStatus.REFUSED, DeliveryStatus.SUPPRESSED, DeliveryStatus.UNCERTAIN, DeliveryStatus.CANCELLED}
)


class SectionKind(TextChoices):
    """The parts of an issue, in their usual order."""

    SMES = "smes", _("Smes news")
    SECTOR = "sector", _("Sector news")
    TRAININGS = "trainings", _("Training courses with free seats")
    PUBLICATIONS = "publications", _("Publications")
    PRESS = "press", _("Press")
    EVENTS = "events", _("Events")


class TrainingState(StrEnum):
    """Whether a training in an issue is still open for enrolment. `over`: it has started."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    OVER = "over"


class MissingEdition(TextChoices):
    """What subscribers get when the issue has no edition in their language."""

    NOTHING = "nothing", _("They get nothing this time")
    FRENCH = "french", _("They get the French edition")
