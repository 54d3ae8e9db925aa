"""How one mail leaves, and what exactly is known afterwards.

SMTP has one moment that matters: once the content is on its way and the answer is missing, nobody can tell whether the mail was
taken. Before that moment a lost connection costs nothing; after it the outcome is UNCERTAIN, and never tried again by itself.
"""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from enum import Enum
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.smtp import EmailBackend

from newsletter.addresses import without_addresses
from newsletter.sending.mime import unstuffed


class Outcome(Enum):
    """What became of one mail, by the answer of the mail server or, for UNWANTED, before it was asked."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    LATER = "later"
    UNCERTAIN = "uncertain"
    UNWANTED = "unwanted"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one mail. `is_about_reader`: said of the recipient (RCPT), not of the sender or the words. Why: newsletter.bounces."""

    outcome: Outcome
    code: int = 0
    words: str = ""
    is_about_reader: bool = True


class Trouble(Exception):
    """No mail can leave: connection, log-in, or a sender the server does not accept. Nothing was sent."""


class Transport(Protocol):
    """A way out."""

    def send(self, sender: str, to: str, payload: bytes) -> Answer:
        """Sends one mail as `Sheet.to_bytes` made it. Raises Trouble."""

    def close(self) -> None:
        """Says goodbye."""


class SmtpTransport:
    """One connection, used again and again. A connection the server closed between two mails is opened once more."""

    def __init__(self, backend: EmailBackend) -> None:
        self.backend = backend

    def send(self, sender: str, to: str, payload: bytes) -> Answer:
        for is_last in (False, True):
            connection = self._connection()
            try:
                # What this returns or raises is known; only `_hand_over` can end without an answer, and it says so.
                refusal = self._announce(connection, sender, to)
                if refusal:
                    return refusal
            except (smtplib.SMTPServerDisconnected, OSError) as error:
                self._drop()
                if is_last:
                    raise Trouble(_words(error)) from error
                continue
            return self._hand_over(connection, payload)
        raise AssertionError("unreachable")

    def close(self) -> None:
        try:
            self.backend.close()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _connection(self) -> smtplib.SMTP:
        try:
            self.backend.open()
            connection = self.backend.connection
            if connection is None:
                raise Trouble("No connection.")
            connection.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise Trouble(_words(error)) from error
        return connection

    def _drop(self) -> None:
        """Forgets a connection that is of no use any more."""
        connection, self.backend.connection = self.backend.connection, None
        if connection is not None:
            connection.close()

    def _announce(self, connection: smtplib.SMTP, sender: str, to: str) -> Answer | None:
        """MAIL, RCPT, DATA; None when the server waits for the content. With PIPELINING (RFC 2920) in one go."""
        commands = (f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "DATA")
        if connection.has_extn("pipelining"):
            connection.send("\r\n".join((*commands, "")))
            replies = [connection.getreply() for _command in commands]
            return self._judge(connection, replies)
        replies = []
        for command in commands:
            replies.append(connection.docmd(command))
            if replies[-1][0] >= 400:
                break
        return self._judge(connection, replies)

    def _judge(self, connection: smtplib.SMTP, replies: list[tuple[int, bytes]]) -> Answer | None:
        if any(code == 421 for code, _said in replies):
            raise smtplib.SMTPServerDisconnected(_said(replies[-1][1]))
        for step, (code, said) in enumerate(replies):
            if code >= 400:
                self._tidy(connection, replies)
                if step == 0 and code >= 500:
                    raise Trouble(f"{code} {_said(said)}")
                return Answer(Outcome.LATER if code < 500 else Outcome.REFUSED, code, _said(said), is_about_reader=step == 1)
        return None

    def _tidy(self, connection: smtplib.SMTP, replies: list[tuple[int, bytes]]) -> None:
        """Back to the state between two mails."""
        if replies[-1][0] == 354:
            # The server opened the content although a command before it failed: an empty one, for nobody.
            connection.send("\r\n.\r\n")
            connection.getreply()
        connection.rset()

    def _hand_over(self, connection: smtplib.SMTP, payload: bytes) -> Answer:
        try:
            connection.send(payload + b".\r\n")
            code, said = connection.getreply()
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            return Answer(Outcome.UNCERTAIN, 0, _words(error))
        if code == 421:
            self._drop()
        outcome = Outcome.ACCEPTED if code < 400 else Outcome.LATER if code < 500 else Outcome.REFUSED
        return Answer(outcome, code, _said(said), is_about_reader=False)


class PreparedMessage(EmailMessage):
    """A finished mail, for Django's backends that are not SMTP (mailbox of the demo, memory of the tests)."""

    def __init__(self, sender: str, to: str, payload: bytes) -> None:
        self._parsed: Any = message_from_bytes(unstuffed(payload), policy=policy.default)
        super().__init__(subject=str(self._parsed["Subject"]), from_email=sender, to=[to])

    def message(self, *args: Any, **kwargs: Any) -> Any:
        return self._parsed


class BackendTransport:
    """Any other backend of Django: what it takes is accepted."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend

    def send(self, sender: str, to: str, payload: bytes) -> Answer:
        try:
            self.backend.send_messages([PreparedMessage(sender, to, payload)])
        except OSError as error:
            raise Trouble(_words(error)) from error
        return Answer(Outcome.ACCEPTED, 250)

    def close(self) -> None:
        self.backend.close()


def _said(said: bytes) -> str:
    return without_addresses(said.decode("utf-8", "replace"))[:280]


def _words(error: Exception) -> str:
    return without_addresses(f"{type(error).__name__}: {error}")[:280]


def open_transport() -> Transport:
    """The way out that MAILERS names for the newsletter (`newsletter`, else `default`)."""
    backend = mailers["newsletter" if "newsletter" in settings.MAILERS else "default"]
    return SmtpTransport(backend) if isinstance(backend, EmailBackend) else BackendTransport(backend)


OpenTransport = Callable[[], Transport]
