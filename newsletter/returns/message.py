"""Reads a returned mail: a report of delivery (RFC 3464), a complaint (RFC 5965), a plain letter of a mail server, or none of these."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from hashlib import sha256

from newsletter.addresses import without_addresses
from newsletter.enums.subscribers import BounceKind
from newsletter.returns.codes import code_in, kind_of
from newsletter.verp import decode_message_id, decode_verp

LONGEST = 60_000
RECIPIENTS = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "Resent-To", "Cc")
SERVERS = ("mailer-daemon", "postmaster", "mdaemon", "mail delivery", "<>", "mail-daemon", "smtp")
FAILURES = (
    "undeliver",
    "fail",
    "returned",
    "delivery",
    "delayed",
    "nondeliverable",
    "warning",
    "error",
    "nicht zustellbar",
    "niet bezorgd",
    "non remis",
    "non distribu",
)


@dataclass(frozen=True, slots=True)
class Return:
    """What a mail told us. `delivery_id`: whose it was, None where nothing of it is ours. Its words hold no address."""

    kind: BounceKind
    code: str
    words: str
    delivery_id: int | None
    reference: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says of one recipient, before it is known whose it is."""

    kind: BounceKind
    code: str
    words: str


def read_return(content: bytes) -> Return | None:
    """What a returned mail says; None for answers of people, holiday notes and notices that a mail arrived."""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    told = _complaint(message) or _report(message) or _letter(message)
    if told is None:
        return None
    return Return(told.kind, told.code[:12], without_addresses(told.words)[:500], whose(message), reference_of(message, content))


def whose(message: Message) -> int | None:
    """The delivery a returned mail is about: our envelope address or our Message-ID, wherever they stand, each with its seal."""
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
    for name in RECIPIENTS:
        yield from (str(value) for value in message.get_all(name, []))
    for part in message.walk():
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers", "message/feedback-report", "message/delivery-status"}:
            yield _text(part)
    yield _text(message)


def _text(part: Message) -> str:
    """A part as text, its beginning only: a mail of ours that is quoted whole holds its headers there."""
    if part.is_multipart():
        return part.as_string()[:LONGEST]
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else str(part.get_payload()).encode(errors="replace")
    headers = "\n".join(f"{name}: {value}" for name, value in part.items())
    return f"{headers}\n\n{raw[:LONGEST].decode('utf-8', errors='replace')}"


def _complaint(message: Message) -> Told | None:
    """A person pressed 'this is unwanted' in her mail program, and her provider tells us."""
    for part in message.walk():
        if part.get_content_type() == "message/feedback-report":
            fields = _fields(part)
            what = fields.get("feedback-type", "abuse").lower()
            return Told(BounceKind.COMPLAINT, "", what) if what in {"abuse", "fraud", "virus", "other"} else None
    return None


def _report(message: Message) -> Told | None:
    """A machine-readable report: the gravest of what it says of its recipients."""
    told = []
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        groups = [each for each in part.walk() if each is not part] if part.is_multipart() else [part]
        for group in groups:
            fields = _fields(group)
            action = fields.get("action", "").split(";")[0].strip().lower()
            if action not in {"failed", "delayed"} and not fields.get("status", "").startswith(("4", "5")):
                continue
            if action in {"delivered", "relayed", "expanded"}:
                continue
            words = fields.get("diagnostic-code", "") or _said(message)
            code = code_in(fields.get("status", "")) or code_in(words)
            told.append(Told(kind_of(_sharper(code, words), words, is_delayed=action == "delayed"), code, words))
    return max(told, key=lambda each: each.kind == BounceKind.HARD, default=None)


def _sharper(code: str, words: str) -> str:
    """Servers write 5.0.0 above words that hold a better code."""
    better = code_in(words)
    return better if code in {"", "5.0.0", "4.0.0"} and better else code


def _letter(message: Message) -> Told | None:
    """A letter in plain words. It counts only where it comes from a mail server, not from a person or her holiday note."""
    sender = f"{message.get('From', '')} {message.get('Return-Path', '')}".lower()
    subject = str(message.get("Subject", "")).lower()
    is_server = any(word in sender for word in SERVERS)
    is_answer = bool(message.get("In-Reply-To")) or str(message.get("Auto-Submitted", "")).lower().startswith("auto-replied")
    if not is_server and (is_answer or not any(word in subject for word in FAILURES)):
        return None
    words = _said(message)
    code = code_in(words)
    return Told(kind_of(code, f"{subject} {words}"), code, words)


def _said(message: Message) -> str:
    """The beginning of what the letter says to people."""
    for part in message.walk():
        if part.get_content_maintype() == "text" and not part.is_multipart():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload[:4000].decode(part.get_content_charset("utf-8") if _is_known(part) else "utf-8", errors="replace")
    return ""


def _is_known(part: Message) -> bool:
    try:
        "".encode(part.get_content_charset("utf-8"))
    except LookupError:
        return False
    return True


def _fields(part: Message) -> dict[str, str]:
    """The fields of a machine-readable part, whether it was parsed as headers or as text."""
    fields = {name.lower(): str(value) for name, value in part.items() if name.lower() not in {"content-type", "content-description"}}
    payload = part.get_payload()
    inner = [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
    for each in inner:
        fields |= {name.lower(): str(value) for name, value in each.items()}
    if isinstance(payload, str) and payload.strip():
        parsed = email.message_from_string(payload.strip() + "\n\n")
        fields |= {name.lower(): str(value) for name, value in parsed.items()}
    return fields
