"""Kinds, licences, statuses and allowed transitions, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a work is."""

    ISSUE = "issue", _("themed issue")
    REPORT = "report", _("report")
    ANNUAL_REPORT = "annual_report", _("annual report")
    GUIDE = "guide", _("guide")
    PROCEEDINGS = "proceedings", _("report of a day")
    ARTICLE = "article", _("article")
    POSITION = "position", _("position paper")


class Licence(models.TextChoices):
    """What readers may do; the codes are those of SPDX, where SPDX has one."""

    BY = "CC-BY-4.0", "CC BY 4.0"
    BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    BY_NC_ND = "CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0"
    RESERVED = "reserved", _("all rights reserved")
    UNKNOWN = "unknown", _("not stated")


LICENCE_URLS: dict[str, str] = {
    Licence.BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.BY_NC_ND: "https://creativecommons.org/licenses/by-nc-nd/4.0/",
}


class Withdrawal(models.TextChoices):
    """Why a work or an edition is no longer offered; its page stays and says so."""

    REPLACED = "replaced", _("A newer text replaces it.")
    ERROR = "error", _("It contained an error we could not correct.")
    RIGHTS = "rights", _("We no longer have the right to distribute it.")
    REQUEST = "request", _("Somebody concerned asked us to take it down.")


class EditionStatus(models.TextChoices):
    """The life of an edition. Only a published one can be reached, and only while its page is public."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


EDITION_TRANSITIONS: dict[str, set[str]] = {
    EditionStatus.DRAFT: {EditionStatus.PUBLISHED},
    EditionStatus.PUBLISHED: {EditionStatus.DRAFT, EditionStatus.WITHDRAWN},
    EditionStatus.WITHDRAWN: {EditionStatus.PUBLISHED},
}


class WorkStatus(models.TextChoices):
    """Whether a work can be had. Its editions have a status of their own."""

    OFFERED = "offered", _("offered")
    WITHDRAWN = "withdrawn", _("withdrawn")


WORK_TRANSITIONS: dict[str, set[str]] = {
    WorkStatus.OFFERED: {WorkStatus.WITHDRAWN},
    # Again, for another reason: the notice is corrected.
    WorkStatus.WITHDRAWN: {WorkStatus.OFFERED, WorkStatus.WITHDRAWN},
}


class FileState(models.TextChoices):
    """What the worker made of an uploaded file."""

    WAITING = "waiting", _("being checked")
    CHECKED = "checked", _("checked, not offered yet")
    READY = "ready", _("ready")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


# What the worker found good: its bytes are kept, and the publications team may read it.
GOOD = (FileState.CHECKED, FileState.READY)


class Refusal(models.TextChoices):
    """Why a file is refused: what an editor reads, with the way out."""

    NOT_PDF = "not_pdf", _("This is not a PDF, whatever its name says. Export the document as PDF again.")
    TOO_LARGE = "too_large", _("The file is larger than 40 MB. Export it with smaller pictures.")
    TOO_LONG = "too_long", _("The file has more than 1,000 pages, or pages of a size no printer knows.")
    BROKEN = "broken", _("The file is damaged and cannot be read. Export the document as PDF again.")
    ENCRYPTED = "encrypted", _("The file can only be opened with a password or a certificate. Export it without protection.")
    SCRIPTED = "scripted", _("The file contains scripts, forms that send, or other files. Export it as a plain PDF for reading.")
    LEADING_AWAY = (
        "leading_away",
        _(
            "A link in the file leads to a file of a computer or a network, runs a script, or opens a web page without a click. "
            "Remove it and export the file again."
        ),
    )
    EMPTY = "empty", _("The file has no page.")
    TOO_SLOW = "too_slow", _("The file could not be read in a minute. Export it with simpler pictures.")


class OrderStatus(models.TextChoices):
    """The life of an order of paper copies."""

    WAITING = "waiting", _("waiting for copies")
    RESERVED = "reserved", _("reserved")
    SENT = "sent", _("sent")
    CANCELLED = "cancelled", _("cancelled")


# Orders that still ask something of somebody.
OPEN_ORDERS = (OrderStatus.WAITING, OrderStatus.RESERVED)

ORDER_TRANSITIONS: dict[str, set[str]] = {
    OrderStatus.WAITING: {OrderStatus.RESERVED, OrderStatus.CANCELLED},
    OrderStatus.RESERVED: {OrderStatus.SENT, OrderStatus.CANCELLED},
    OrderStatus.SENT: set(),
    OrderStatus.CANCELLED: set(),
}


class Purpose(models.TextChoices):
    """What the copies are for; counted once a year."""

    TEAM = "team", _("for my team")
    TRAINING = "training", _("for a training or a course")
    EVENT = "event", _("for an event")
    LIBRARY = "library", _("for a library or a waiting room")
    MYSELF = "myself", _("for myself")


class MoveKind(models.TextChoices):
    """Why copies come or go."""

    PRINTED = "printed", _("printed")
    RESERVED = "reserved", _("reserved for an order")
    RETURNED = "returned", _("order cancelled, back on the shelf")
    HANDED_OUT = "handed_out", _("handed out")
    AUTHORS = "authors", _("given to the authors")
    DEPOSITED = "deposited", _("legal deposit")
    LOST = "lost", _("lost or damaged")
    FOUND = "found", _("found when counting")


INCOMING = (MoveKind.PRINTED, MoveKind.RETURNED, MoveKind.FOUND)
# Moves somebody notes by hand; the others come with an order, a print run or a deposit.
BY_HAND = (MoveKind.HANDED_OUT, MoveKind.AUTHORS, MoveKind.LOST, MoveKind.FOUND)
