"""Enhanced status codes: what each says, and of whom. RFC 3463, its registry (RFC 5248), and the numbers Exchange Online added."""

import re

from newsletter.enums.bounces import BounceReason

# Not a piece of an IP address or of a version number.
CODE = re.compile(r"(?<![\d.])([245]\.[0-7]\.\d{1,3})(?!\d|\.\d)")
BASIC_CODE = re.compile(r"(?<![\d.#])([45]\d\d)(?=[ \-#:]|$)")

MEANINGS = {
    "1.1": BounceReason.NO_MAILBOX,
    "1.2": BounceReason.NO_DOMAIN,
    "1.3": BounceReason.NO_MAILBOX,
    "1.6": BounceReason.NO_MAILBOX,
    "1.7": BounceReason.SENDER,
    "1.8": BounceReason.SENDER,
    "1.9": BounceReason.HOST,
    "1.10": BounceReason.NO_MAILBOX,
    "1.90": BounceReason.RATE,
    "2.1": BounceReason.MAILBOX_CLOSED,
    "2.2": BounceReason.MAILBOX_FULL,
    "2.3": BounceReason.CONTENT,
    "2.121": BounceReason.RATE,
    "2.122": BounceReason.RATE,
    "3.4": BounceReason.CONTENT,
    "4.5": BounceReason.RATE,
    "4.310": BounceReason.NO_DOMAIN,
    "7.509": BounceReason.AUTHENTICATION,
    "7.511": BounceReason.BLOCKED,
    "7.515": BounceReason.AUTHENTICATION,
    **{f"7.{number}": BounceReason.AUTHENTICATION for number in range(20, 31)},
    **{f"7.{number}": BounceReason.BLOCKED for number in range(606, 650)},
}
# Subjects of RFC 3463 §3. Addresses and mailboxes are read by their detail alone: "5.1.0" may be the sender's.
SUBJECTS = {"3": BounceReason.HOST, "4": BounceReason.HOST, "6": BounceReason.CONTENT, "7": BounceReason.POLICY}
SAYS_NOTHING = ("3.0", "4.0")


def meaning_of(code: str) -> BounceReason:
    """What one code says. UNCLEAR for one that leaves the reason open, as basic codes do (RFC 5321: 550 is also for policy)."""
    if "." not in code:
        return BounceReason.TEMPORARY if code.startswith("4") else BounceReason.UNCLEAR
    detail = code[2:]
    reason = MEANINGS.get(detail) or (None if detail in SAYS_NOTHING else SUBJECTS.get(detail[0])) or BounceReason.UNCLEAR
    lasts = reason in {BounceReason.MAILBOX_FULL, BounceReason.RATE}
    about_our_mail = detail[0] in "67" or reason == BounceReason.SENDER
    return reason if code[0] == "5" or lasts or about_our_mail else BounceReason.TEMPORARY


def codes_in(text: str) -> list[str]:
    """The enhanced codes in a text that say no."""
    return [code for code in CODE.findall(text) if code[0] in "45"]


def code_in(text: str) -> str:
    """The first of them."""
    return next(iter(codes_in(text)), "")
