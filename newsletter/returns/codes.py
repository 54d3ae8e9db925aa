"""What the code of a returned mail means for its reader. Enhanced status codes: RFC 3463."""

import re

from newsletter.enums.subscribers import BounceKind

CODE = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
# The address is wrong, moved without a new one, or switched off; its domain has no mail. Anything else may pass.
FOR_GOOD = re.compile(r"^5\.(1\.\d+|2\.1|4\.4|0\.[01])$")
# Its box is full, the message too large, the words disliked: true today, perhaps not next month.
FOR_NOW = re.compile(r"^(4\.|5\.2\.[2-9]|5\.[67]\.)")
# Where a server gives no code. Sentences of common servers, in lower case.
UNKNOWN_USER = re.compile(
    r"(user|addressee|recipient) unknown|unknown (user|recipient|address|mailbox)|no user by|invalid final delivery userid|no matches to|"
    r"doesn't have an? .{0,30}account|no such (local )?(user|address|mailbox|recipient|person)|does ?n.t exist|does not exist|"
    r"mailbox (not found|unavailable|does)|not a (valid|known) (user|address|mailbox)|invalid (recipient|address|mailbox)|"
    r"unrouteable address|recipient.{0,20}rejected|account.{0,25}(disabled|closed|inactive)|no (such )?mailbox|"
    r"not listed in|user not (found|known)|not our customer|undeliverable address|no account (by|with)|host (or domain name )?not found"
)
PASSING = re.compile(
    r"(mailbox|mail box|account|inbox|quota).{0,40}(full|exceed|over)|over ?quota|quota|try again|temporar|delayed|not yet been delivered|"
    r"still (being )?(tr|queue)|will (be )?(retr|keep|continue)|too (large|big)|spam|blocked|greylist|warning"
)


def kind_of(code: str, words: str, *, is_delayed: bool = False) -> BounceKind:
    """Hard only where the address itself is told to be of no use; a doubt is soft, and several soft ones stop an address too."""
    if is_delayed:
        return BounceKind.SOFT
    said = " ".join(words.lower().split())
    if code and FOR_GOOD.match(code) and not (code.startswith("5.0.") and PASSING.search(said)):
        # 5.0.0 is what servers say who do not say why: hard, unless their words say that it passes.
        return BounceKind.HARD
    if code and FOR_NOW.match(code):
        return BounceKind.SOFT
    if PASSING.search(said):
        return BounceKind.SOFT
    return BounceKind.HARD if UNKNOWN_USER.search(said) else BounceKind.SOFT


def code_in(text: str) -> str:
    """The first enhanced code in a text that says no."""
    return next((code for code in CODE.findall(text) if code[0] in "45"), "")
