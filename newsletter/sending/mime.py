"""The mail as bytes, built once per edition; per reader a few short words are put in.

Python's own building of a message costs ten times what everything else costs (docs/newsletter.md), hence this: the
parts are encoded once, each place of a reader's key stays in one piece, and it is exactly as long as the key, so that no
line grows. Content can never reach a header: the only ones made of it are the subject, encoded by the standard library, and
fixed words of ours.
"""

import email.policy
import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from hashlib import sha256

LINE = 76  # RFC 2045 §6.7: the longest line of quoted-printable, its "=" included
CRLF = b"\r\n"


class UnwritableAddress(ValueError):
    """The address cannot stand in a mail without SMTPUTF8 (letters beyond ASCII before the @), or holds what no address may."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What differs from reader to reader."""

    to: str
    key: str
    message_id: str
    date: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One edition, encoded. `place` stands in `head` where the reader's key goes; `pieces` are the bytes between its places in the body.

    Dots at line starts are doubled already.
    """

    head: tuple[str, ...]
    pieces: tuple[bytes, ...]
    place: str

    def to_bytes(self, envelope: Envelope) -> bytes:
        """The mail as SMTP wants it after DATA, without the dot that ends it. Raises UnwritableAddress and ValueError for a wrong key."""
        if len(envelope.key) != len(self.place) or not envelope.key.isascii() or not re.fullmatch(r"[\w-]+", envelope.key):
            raise ValueError("A reader's key is as long as its place and made of letters, digits, - and _.")
        names = (f"To: {written_address(envelope.to)}", f"Message-ID: {envelope.message_id}", f"Date: {envelope.date}")
        head = "\r\n".join((*names, *self.head))
        if head.count("\r\n") != head.count("\n") or "\r\n\r\n" in head:
            raise ValueError("A line break in a header.")
        return head.replace(self.place, envelope.key).encode("ascii") + CRLF + CRLF + envelope.key.encode().join(self.pieces)


def written_address(address: str) -> str:
    """An address for a header and for RCPT: its domain in ASCII."""
    try:
        local, _at, domain = address.rpartition("@")
        Address(username=local, domain=domain)
        written = f"{local}@{domain.encode('idna').decode('ascii')}"
        written.encode("ascii")
    except (ValueError, UnicodeError) as error:
        raise UnwritableAddress(address) from error
    if not local or re.search(r"[\s<>,;:\x00-\x1f\x7f]", written):
        raise UnwritableAddress(address)
    return written


def header(name: str, value: str) -> str:
    """One header line (folded where needed), encoded by the standard library."""
    message = EmailMessage(policy=email.policy.SMTP)
    message[name] = " ".join(value.split())
    return message.as_string().rstrip("\r\n")


def quoted_printable(text: str, atom: str) -> bytes:
    """RFC 2045 quoted-printable with CRLF. `atom` is never cut: it can be replaced by anything of its length."""
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
    """What may not be cut: encoded signs, one by one, and the atom."""
    units: list[bytes] = []
    for number, part in enumerate(line.split(atom)):
        if number:
            units.append(atom.encode("ascii"))
        for sign in part:
            plain = sign in " \t" or ("!" <= sign <= "~" and sign != "=")
            units.append(sign.encode() if plain else "".join(f"={byte:02X}" for byte in sign.encode()).encode())
    return units


def build_sheet(
    *,
    subject: str,
    language: str,
    html: str,
    text: str,
    place: str,
    sender: str,
    reply_to: str,
    list_id: str,
    unsubscribe_url: str,
    unsubscribe_address: str,
) -> Sheet:
    """Encodes an edition. `place` stands where each reader's key goes, in `html`, `text` and both ways to unsubscribe."""
    boundary = "smes-" + sha256(f"{place}{len(html)}".encode()).hexdigest()[:40]
    parts = [
        _part(boundary, "plain", quoted_printable(text, place)),
        _part(boundary, "html", quoted_printable(html, place)),
        f"--{boundary}--\r\n".encode(),
    ]
    # Never through the standard library: it would encode an address that is too long for its line, and readers would lose
    # the button (python/cpython#85725).
    ways = (f"List-Unsubscribe: <{unsubscribe_url}>,", f" <mailto:{unsubscribe_address}>")
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
    return Sheet(head=head, pieces=tuple(stuffed.split(place.encode("ascii"))), place=place)


def _part(boundary: str, kind: str, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode() + content + CRLF


def unstuffed(payload: bytes) -> bytes:
    """The mail as it arrives: what SMTP doubled is single again. For transports that are not SMTP."""
    return re.sub(rb"(?m)^\.\.", b".", payload)
