"""The mail as bytes: encoded once per edition, with a placeholder that each subscriber's token replaces.

Building a message with the standard library costs ten times everything else (docs/newsletter.md), hence this. The placeholder is never
split by an encoding and is exactly as long as a token, so that no line grows. Content never reaches a header, except the subject, which
the standard library encodes.
"""

import email.policy
import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from hashlib import sha256

LINE = 76  # RFC 2045 §6.7: the longest line of quoted-printable, its "=" included
CRLF = b"\r\n"


class UnencodableEmail(ValueError):
    """The email address needs SMTPUTF8 (letters beyond ASCII before the @), or is malformed."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What differs from recipient to recipient."""

    to: str
    token: str
    message_id: str
    date: str


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """One edition, encoded. `pieces` are the bytes of the body between the token placeholders; dots at line starts are doubled already."""

    head: tuple[str, ...]
    pieces: tuple[bytes, ...]
    token_placeholder: str

    def to_bytes(self, envelope: Envelope) -> bytes:
        """The mail as SMTP wants it after DATA, without the final dot. Raises UnencodableEmail, and ValueError for a malformed token."""
        if (
            len(envelope.token) != len(self.token_placeholder)
            or not envelope.token.isascii()
            or not re.fullmatch(r"[\w-]+", envelope.token)
        ):
            raise ValueError("A token is as long as its placeholder and made of letters, digits, - and _.")
        names = (f"To: {ascii_email(envelope.to)}", f"Message-ID: {envelope.message_id}", f"Date: {envelope.date}")
        head = "\r\n".join((*names, *self.head))
        if head.count("\r\n") != head.count("\n") or "\r\n\r\n" in head:
            raise ValueError("A line break in a header.")
        return (
            head.replace(self.token_placeholder, envelope.token).encode("ascii") + CRLF + CRLF + envelope.token.encode().join(self.pieces)
        )


def ascii_email(address: str) -> str:
    """An email address for a header and for RCPT: its domain in ASCII."""
    try:
        local, _at, domain = address.rpartition("@")
        Address(username=local, domain=domain)
        written = f"{local}@{domain.encode('idna').decode('ascii')}"
        written.encode("ascii")
    except (ValueError, UnicodeError) as error:
        raise UnencodableEmail(address) from error
    if not local or re.search(r"[\s<>,;:\x00-\x1f\x7f]", written):
        raise UnencodableEmail(address)
    return written


def header(name: str, value: str) -> str:
    """One header line (folded where needed), encoded by the standard library."""
    message = EmailMessage(policy=email.policy.SMTP)
    message[name] = " ".join(value.split())
    return message.as_string().rstrip("\r\n")


def quoted_printable(text: str, atom: str) -> bytes:
    """RFC 2045 quoted-printable with CRLF. `atom` is never split: it can be replaced by anything of its length."""
    lines = []
    for line in text.splitlines():
        lines.extend(_folded(line, atom))
    return CRLF.join(lines) + CRLF


def _folded(line: str, atom: str) -> list[bytes]:
    units = _units(line, atom)
    if units and units[-1] in (b" ", b"\t"):
        units[-1] = b"=20" if units[-1] == b" " else b"=09"
    lines: list[bytes] = []
    current: list[bytes] = []
    length = 0
    for unit in units:
        if length + len(unit) > LINE - 1:
            lines.append(b"".join(current) + b"=")
            current, length = [], 0
        current.append(unit)
        length += len(unit)
    lines.append(b"".join(current))
    return lines


def _units(line: str, atom: str) -> list[bytes]:
    """What must not be split: each encoded character, and the atom."""
    units: list[bytes] = []
    for number, part in enumerate(line.split(atom)):
        if number:
            units.append(atom.encode("ascii"))
        for char in part:
            plain = char in " \t" or ("!" <= char <= "~" and char != "=")
            units.append(char.encode() if plain else "".join(f"={byte:02X}" for byte in char.encode()).encode())
    return units


def build_template(
    *,
    subject: str,
    language: str,
    html: str,
    text: str,
    token_placeholder: str,
    sender: str,
    reply_to: str,
    list_id: str,
    unsubscribe_url: str,
    unsubscribe_email: str,
) -> MessageTemplate:
    """Encodes an edition. `token_placeholder` occurs in `html`, `text` and both ways to unsubscribe."""
    boundary = "smes-" + sha256(f"{token_placeholder}{len(html)}".encode()).hexdigest()[:40]
    parts = [
        _part(boundary, "plain", quoted_printable(text, token_placeholder)),
        _part(boundary, "html", quoted_printable(html, token_placeholder)),
        f"--{boundary}--\r\n".encode(),
    ]
    # Not by the standard library: it would encode a URL that is too long for its line, and mail programs would lose the button
    # (python/cpython#85725).
    ways = (f"List-Unsubscribe: <{unsubscribe_url}>,", f" <mailto:{unsubscribe_email}>")
    head = (
        header("From", sender),
        header("Subject", subject),
        *([header("Reply-To", reply_to)] if reply_to else []),
        f"List-ID: <{list_id}>",
        *ways,
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Precedence: bulk",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        f"Content-Language: {language}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
    )
    body = b"".join(parts)
    stuffed = re.sub(rb"(?m)^\.", b"..", body)
    return MessageTemplate(head=head, pieces=tuple(stuffed.split(token_placeholder.encode("ascii"))), token_placeholder=token_placeholder)


def _part(boundary: str, kind: str, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode() + content + CRLF


def unstuffed(payload: bytes) -> bytes:
    """The mail as it arrives: the doubled dots are single again. For transports that are not SMTP."""
    return re.sub(rb"(?m)^\.\.", b".", payload)
