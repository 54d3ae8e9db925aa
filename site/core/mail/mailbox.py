"""The mailbox of demo and development: mails become files in var/mailbox, readable on a page, and are never sent."""

import datetime
import email
import email.policy
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage as ParsedMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from core import clock


def folder() -> Path:
    """Where the mails lie."""
    return Path(settings.VAR_DIR) / "mailbox"


class MailboxBackend(BaseEmailBackend):
    """Writes each message as an .eml file; names sort by time. A file appears whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder().mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{clock.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(3)}"
            half = folder() / f"{name}.part"
            half.write_bytes(message.message().as_bytes())
            half.rename(folder() / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Letter:
    """A mail of the mailbox."""

    name: str
    message: ParsedMessage

    @property
    def sent_at(self) -> datetime.datetime | None:
        """When it was written; None for a mail without a date, or with one nobody can read."""
        with suppress(TypeError, ValueError):
            return parsedate_to_datetime(str(self.message["Date"]))
        return None

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    @property
    def attachments(self) -> list[ParsedMessage]:
        return list(self.message.iter_attachments())

    @property
    def files(self) -> list[str]:
        """The names of the attachments. A template cannot ask a part itself: it would look for a header of that name."""
        return [part.get_filename() or "file" for part in self.attachments]

    def _part(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        return str(part.get_content()) if part else ""


def letters(most: int = 200) -> list[Letter]:
    """The latest first."""
    paths = sorted(folder().glob("*.eml"), reverse=True)[:most] if folder().exists() else []
    return [Letter(path.stem, _parsed(path)) for path in paths]


def letter(name: str) -> Letter | None:
    """One mail by its name; None when there is none (or the name tries to leave the folder)."""
    path = folder() / f"{name}.eml"
    if path.parent != folder() or not path.is_file():
        return None
    return Letter(name, _parsed(path))


def _parsed(path: Path) -> ParsedMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, ParsedMessage)  # noqa: S101 (the policy says so)
    return message
