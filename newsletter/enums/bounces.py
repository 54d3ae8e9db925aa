"""What a bounce or a complaint means, as data. The verdict is a reason (newsletter.bounces.verdict); its kind follows from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BounceKind(models.TextChoices):
    """What follows. HARD and COMPLAINT stop the subscriber at once, TROUBLE never counts against anybody."""

    HARD = "hard", _("for good")
    SOFT = "soft", _("for now")
    TROUBLE = "trouble", _("about us, not the reader")
    COMPLAINT = "complaint", _("reported as unwanted")


class BounceReason(models.TextChoices):
    """Why a mail was not delivered."""

    NO_MAILBOX = "no_mailbox", _("The mailbox does not exist.")
    MAILBOX_CLOSED = "mailbox_closed", _("The mailbox is closed.")
    DOUBTFUL = "doubtful", _("Perhaps the mailbox does not exist: code and words do not agree.")
    NO_DOMAIN = "no_domain", _("The domain of the address was not found.")
    MAILBOX_FULL = "mailbox_full", _("The mailbox is full.")
    RATE = "rate", _("Too many mails in a short time.")
    TEMPORARY = "temporary", _("It could not be delivered for now.")
    DELAYED = "delayed", _("It is late; the server keeps trying.")
    UNCLEAR = "unclear", _("The server does not say why.")
    SENDER = "sender", _("Our sender or its domain is not accepted.")
    AUTHENTICATION = "authentication", _("Our domain is not proved: SPF, DKIM, DMARC or DNS.")
    BLOCKED = "blocked", _("Our mail server is on a block list.")
    CONTENT = "content", _("The content or the size is not accepted.")
    POLICY = "policy", _("The rules of the server refuse it.")
    HOST = "host", _("Trouble between mail servers.")
    COMPLAINT = "complaint", _("The reader reported the mail as unwanted.")


# Only these say that the mailbox itself is of no use.
ABOUT_THE_MAILBOX = frozenset({BounceReason.NO_MAILBOX, BounceReason.MAILBOX_CLOSED})
ABOUT_US = frozenset(
    {
        BounceReason.SENDER,
        BounceReason.AUTHENTICATION,
        BounceReason.BLOCKED,
        BounceReason.CONTENT,
        BounceReason.POLICY,
        BounceReason.HOST,
    }
)
# Said in issue after issue, these stop an address too; all others never do.
COUNTED = frozenset({BounceReason.DOUBTFUL, BounceReason.NO_DOMAIN, BounceReason.MAILBOX_FULL})
# For many subscribers at once, these mean that something is wrong with us: a DNS record, a block list, a failing resolver.
TROUBLE_OF_THE_ISSUE = ABOUT_US | {BounceReason.NO_DOMAIN, BounceReason.RATE, BounceReason.UNCLEAR}


def kind_of(reason: BounceReason) -> BounceKind:
    """What follows from a reason."""
    if reason in ABOUT_THE_MAILBOX:
        return BounceKind.HARD
    if reason in ABOUT_US:
        return BounceKind.TROUBLE
    return BounceKind.COMPLAINT if reason == BounceReason.COMPLAINT else BounceKind.SOFT


class BounceChannel(models.TextChoices):
    """How we heard of it."""

    MAILBOX = "mailbox", _("mailbox of bounces")
    WEBHOOK = "webhook", _("mail provider")
    SMTP = "smtp", _("refused while sending")
