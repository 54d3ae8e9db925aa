"""Reads what comes to our return addresses: a report of delivery (RFC 3464), of feedback (RFC 5965) or of reading (RFC 8098), a letter of
a mail server, an automatic answer (RFC 3834), or what a person wrote. What it means is decided by newsletter.bounces.verdict."""

import base64
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr
from enum import StrEnum
from hashlib import sha256

from newsletter.addresses import without_addresses
from newsletter.bounces import letters
from newsletter.bounces.phrases import plain
from newsletter.bounces.status_codes import code_in
from newsletter.bounces.verdict import judge, says_otherwise
from newsletter.bounces.verp import decode_message_id, decode_verp
from newsletter.enums.bounces import ABOUT_THE_MAILBOX, BounceReason

LONGEST = 60_000
RECIPIENTS = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "Resent-To", "Cc")
FIELD = re.compile(
    r"^(feedback-type|final-recipient|action|status|diagnostic-code|disposition): *(.+(?:\n[ \t]+.+)*)", re.IGNORECASE | re.MULTILINE
)
# The second way of List-Unsubscribe (newsletter.sending.messages); a subscriber's key, also where her provider hid all else of our mail.
LEAVE = re.compile(r"unsubscribe\+([\w-]{22})@", re.IGNORECASE)
# What the words of a report of feedback without its machine-readable part begin with.
FEEDBACK = re.compile(
    r"this is an? (e-?mail )?(?P<what>abuse|spam|fraud|complaint|feedback|opt-?out)( feedback)? (report|complaint)|^(abuse|"
    r"spam|complaint) (report|about)|x-hmxmroriginalrecipient"
)
FEEDBACK_SUBJECT = re.compile(r"(e-?mail )?(complaint|feedback|abuse|spam)( feedback)? (report|about)|fbl\b")
DELIVERED = ("delivered", "relayed", "expanded")
# RFC 3464, and RFC 6533 where an e-mail address is not in ASCII.
DELIVERY_STATUS = ("message/delivery-status", "message/global-delivery-status")


class Notice(StrEnum):
    """Read, and nothing follows."""

    AUTOMATIC = "automatic answer"
    READ = "read receipt"
    CHALLENGE = "challenge"
    DELIVERED = "delivered"
    NOT_SPAM = "not spam"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class BounceReport:
    """A mail that says why ours was not delivered, or was not wanted. `delivery_id`: whose it was, None where nothing of it is ours."""

    reason: BounceReason
    code: str
    words: str
    delivery_id: int | None
    reference: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class LeavingReport:
    """A subscriber's provider passes on that she wants to leave. `key`: the one of her links, where her provider hid all else."""

    delivery_id: int | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class PersonalReply:
    """A person wrote to the address our mail came from."""

    sender: str
    subject: str
    text: str
    asks_to_leave: bool
    delivery_id: int | None
    reference: str


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a report says of one recipient, before it is known whose it is."""

    reason: BounceReason
    code: str
    words: str


Parsed = BounceReport | LeavingReport | PersonalReply | Notice


def parse_report(content: bytes) -> Parsed:
    """What a mail says. What no rule recognises is a person's: it is shown, never thrown away."""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    if not content.strip():
        return Notice.EMPTY
    feedback = _feedback_type(message)
    if feedback:
        return _feedback(message, content, feedback)
    if _is_read_receipt(message):
        return Notice.READ
    reports = _delivery_reports(message)
    if reports is not None:
        return _bounce(message, content, _of_several(reports)) if reports else Notice.DELIVERED
    return _letter(message, content)


def _bounce(message: Message, content: bytes, told: DeliveryReport) -> BounceReport:
    words = without_addresses(told.words)[:500]
    return BounceReport(told.reason, told.code[:12], words, whose(message), reference_of(message, content))


def whose(message: Message) -> int | None:
    """The delivery a mail is about: our envelope address or our Message-ID, wherever they stand, each with its signature."""
    for text in _places(message):
        found = decode_verp(text) or decode_message_id(text)
        if found is not None:
            return found
    return None


def reference_of(message: Message, content: bytes) -> str:
    """The same for the same mail, however often it is read."""
    name = str(message.get("Message-ID", "")).strip()
    return "mail:" + sha256(name.encode(errors="replace") if name else content).hexdigest()[:40]


def _places(message: Message) -> Iterator[str]:
    for name in (*RECIPIENTS, "In-Reply-To", "References"):
        yield from (str(value) for value in message.get_all(name, []))
    for part in message.walk():
        if part.get_content_maintype() == "message" or part.get_content_type() in {"text/rfc822-headers", "application/octet-stream"}:
            yield _raw(part)
    yield _raw(message)


def _raw(part: Message) -> str:
    """A part as text, its beginning only: a mail of ours that is quoted whole holds its headers there."""
    if part.is_multipart():
        text = part.as_string()[:LONGEST]
        is_encoded = (
            part.get_content_type() == "message/rfc822" and str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
        )
        return text + _decoded(text.partition("\n\n")[2]) if is_encoded else text
    headers = "\n".join(f"{name}: {value}" for name, value in part.items())
    return f"{headers}\n\n{letters.text_of(part)[:LONGEST]}"


def _decoded(text: str) -> str:
    """An enclosed mail in base64, which no standard allows and some programs send."""
    letters_only = re.sub(r"[^A-Za-z0-9+/]", "", text)
    return base64.b64decode(letters_only[: len(letters_only) // 4 * 4]).decode("utf-8", errors="replace")


def _parts(message: Message) -> Iterator[Message]:
    """All parts but those of a mail that is enclosed: what that one says, its own sender said."""
    yield message
    if message.get_content_type() != "message/rfc822":
        for part in _children(message):
            yield from _parts(part)


def _children(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _fields(part: Message) -> dict[str, str]:
    """The fields of a machine-readable part, whatever type a gateway made of it."""
    return {} if part.is_multipart() or part.get_content_type() == "text/html" else _fields_in(letters.text_of(part)[:LONGEST])


def _fields_in(text: str) -> dict[str, str]:
    return {name.lower(): " ".join(value.split()) for name, value in FIELD.findall(text.replace("\r\n", "\n"))}


def _is_read_receipt(message: Message) -> bool:
    return any(
        part.get_content_type() == "message/disposition-notification" or "mdn-sent" in _fields(part).get("disposition", "").lower()
        for part in _parts(message)
    )


def _feedback_type(message: Message) -> str:
    """`abuse`, `opt-out` …: a subscriber pressed a button of her mail program, and her provider tells us."""
    for part in _parts(message):
        if part.get_content_type() == "message/feedback-report" or "feedback-type" in _fields(part):
            fields = _fields(part) or {key: value for inner in part.walk() for key, value in _headers(inner).items()}
            return fields.get("feedback-type", "abuse").lower()
    encloses = [part for part in message.walk() if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}]
    said = plain(_said(message))
    if not encloses or letters.is_from_server(message, said):
        return ""
    found = FEEDBACK.search(said)
    if found:
        return "opt-out" if "opt" in (found["what"] or "") else "abuse"
    is_named = FEEDBACK_SUBJECT.match(plain(letters.header(message, "Subject"))) or "hmxmr" in _raw(encloses[0])[:4000].lower()
    return "abuse" if is_named else ""


def _feedback(message: Message, content: bytes, what: str) -> Parsed:
    """RFC 5965 and the types registered since."""
    key = LEAVE.search("\n".join(_places(message)))
    if what.startswith("opt-out"):
        return LeavingReport(whose(message), key[1] if key else "")
    if what == "not-spam":
        return Notice.NOT_SPAM
    reasons = {"auth-failure": BounceReason.AUTHENTICATION, "dmarc": BounceReason.AUTHENTICATION, "virus": BounceReason.CONTENT}
    reason = reasons.get(what, BounceReason.COMPLAINT if what in {"abuse", "fraud", "complaint", "spam"} else BounceReason.UNCLEAR)
    return BounceReport(reason, "", what[:40], whose(message), reference_of(message, content), key[1] if key else "")


def _delivery_reports(message: Message) -> list[DeliveryReport] | None:
    """What a report says of each recipient it failed for or is late for; None where there is no report that says anything."""
    groups = [fields for part in _parts(message) for fields in _recipients(part)]
    told = [report for fields in groups for report in _of_one_recipient(message, fields)]
    return told if told or any(fields.get("action", "").lower() in DELIVERED for fields in groups) else None


def _recipients(part: Message) -> Iterator[dict[str, str]]:
    """The groups of fields of a report, one a recipient; also of one that a gateway made plain text of."""
    is_report = part.get_content_type() in DELIVERY_STATUS
    if part.get_content_type() == "message/delivery-status" and part.is_multipart():
        yield from map(_headers, _children(part))
    elif is_report or not part.is_multipart():
        text = part.as_string() if is_report else letters.text_of(part)
        groups = map(_fields_in, re.split(r"\n\s*\n", text.replace("\r\n", "\n")[:LONGEST]))
        yield from (fields for fields in groups if is_report or "final-recipient" in fields)


def _of_one_recipient(message: Message, fields: dict[str, str]) -> list[DeliveryReport]:
    action = fields.get("action", "").split(";")[0].strip().lower()
    status = fields.get("status", "")
    if action in DELIVERED or (not action and not status.startswith(("4", "5"))):
        return []
    words = fields.get("diagnostic-code", "")
    # Where the code is a good one, what the report says to people does not give the reason: it advises about everything under the sun.
    if not words and (not code_in(status) or code_in(status).endswith(".0")):
        words = letters.without_copy(_said(message))
    if not action and status.startswith("4"):
        action = "delayed"
    reason = judge(words=words, status=status, action=action or "failed")
    if not words and reason in ABOUT_THE_MAILBOX and says_otherwise(letters.without_copy(_said(message))):
        reason = BounceReason.DOUBTFUL
    return [DeliveryReport(reason, _sharper(code_in(status), words), words or letters.without_copy(_said(message)))]


def _of_several(reports: list[DeliveryReport]) -> DeliveryReport:
    """Our mails have one recipient. Where a server made several of her, one that works is enough."""
    return next((each for each in reports if each.reason not in ABOUT_THE_MAILBOX), reports[0])


def _sharper(code: str, words: str) -> str:
    """Servers write 5.0.0 above words that hold a better code."""
    better = code_in(words)
    return better if better and (not code or code.endswith(".0.0")) else code


def _headers(part: Message) -> dict[str, str]:
    return {name.lower(): " ".join(_readable(value).split()) for name, value in part.raw_items()}


def _readable(raw: str) -> str:
    """Servers write accents as bytes where the standard allows none."""
    content = raw.encode("utf-8", errors="surrogateescape")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _letter(message: Message, content: bytes) -> Parsed:
    """Words only. A server's are judged; an automatic answer is left alone; all else is a person's."""
    words = letters.without_copy(_said(message))
    if letters.is_challenge(message, words) and not letters.is_named_as_server(message):
        return Notice.CHALLENGE
    if letters.is_from_server(message, words):
        code = code_in(words)
        reason = judge(words=words, action="delayed" if letters.is_still_trying(words) else "failed")
        return _bounce(message, content, DeliveryReport(reason, code, words))
    text = letters.own_words(_said(message))
    asks = letters.asks_to_leave(text) or letters.asks_to_leave(
        re.sub(r"(?i)^((re|tr|fw|fwd|aw|antw) ?: ?)+.*", "", letters.header(message, "Subject"))
    )
    if not asks and letters.is_automatic(message):
        return Notice.AUTOMATIC
    sender = parseaddr(letters.header(message, "From"))[1][:254]
    subject = letters.header(message, "Subject")[:200]
    return PersonalReply(sender, subject, text[: letters.LONGEST], asks, whose(message), reference_of(message, content))


def _said(message: Message) -> str:
    """The beginning of what the mail says to people: its first text, the plain one first."""
    texts = [part for part in _parts(message) if part.get_content_maintype() == "text" and not part.is_multipart()]
    texts.sort(key=lambda part: part.get_content_type() != "text/plain")
    return next((text for text in map(letters.text_of, texts) if text.strip()), "")[: letters.LONGEST * 2]
