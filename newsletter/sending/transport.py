"""Sends one mail, and tells exactly what is known afterwards.

SMTP has one critical moment: once the content is on its way and the reply is missing, nobody can tell whether the mail was accepted.
Before it a lost connection is retried; after it the outcome is UNCERTAIN, and never retried automatically.
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
    """The outcome of one mail, by the reply of the mail server or, for UNWANTED, before it was asked."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    LATER = "later"
    UNCERTAIN = "uncertain"
    UNWANTED = "unwanted"


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply of the mail server. `is_about_recipient`: to RCPT, not to the sender or the content. Its meaning: newsletter.bounces."""

    outcome: Outcome
    code: int = 0
    text: str = ""
    is_about_recipient: bool = True


class TransportUnavailable(Exception):
    """No mail can be sent: connection, log-in, or a sender the server does not accept. Nothing was sent."""


class Transport(Protocol):
    """Sends messages (interface)."""

    def send(self, sender: str, to: str, payload: bytes) -> Answer:
        """Sends one mail as `MessageTemplate.to_bytes` built it. Raises TransportUnavailable."""

    def close(self) -> None:
        """Closes the connection."""


class SmtpTransport:
    """One reused connection. If the server closed it between two mails, it is reopened once."""

    def __init__(self, backend: EmailBackend) -> None:
        self.backend = backend

    def send(self, sender: str, to: str, payload: bytes) -> Answer:
        for is_last in (False, True):
            connection = self._connection()
            try:
                # Whatever this returns or raises, the outcome is known; only `_send_content` can end UNCERTAIN.
                refusal = self._announce(connection, sender, to)
                if refusal:
                    return refusal
            except (smtplib.SMTPServerDisconnected, OSError) as error:
                self._drop()
                if is_last:
                    raise TransportUnavailable(_text_of(error)) from error
                continue
            return self._send_content(connection, payload)
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
                raise TransportUnavailable("No connection.")
            connection.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise TransportUnavailable(_text_of(error)) from error
        return connection

    def _drop(self) -> None:
        """Drops an unusable connection."""
        connection, self.backend.connection = self.backend.connection, None
        if connection is not None:
            connection.close()

    def _announce(self, connection: smtplib.SMTP, sender: str, to: str) -> Answer | None:
        """MAIL, RCPT, DATA; None when the server waits for the content. With PIPELINING (RFC 2920) in one go."""
        commands = (f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "DATA")
        if connection.has_extn("pipelining"):
            connection.send("\r\n".join((*commands, "")))
            replies = [connection.getreply() for _command in commands]
            return self._refusal_in(connection, replies)
        replies = []
        for command in commands:
            replies.append(connection.docmd(command))
            if replies[-1][0] >= 400:
                break
        return self._refusal_in(connection, replies)

    def _refusal_in(self, connection: smtplib.SMTP, replies: list[tuple[int, bytes]]) -> Answer | None:
        if any(code == 421 for code, _text in replies):
            raise smtplib.SMTPServerDisconnected(_decoded(replies[-1][1]))
        for step, (code, text) in enumerate(replies):
            if code >= 400:
                self._reset(connection, replies)
                if step == 0 and code >= 500:
                    raise TransportUnavailable(f"{code} {_decoded(text)}")
                return Answer(Outcome.LATER if code < 500 else Outcome.REFUSED, code, _decoded(text), is_about_recipient=step == 1)
        return None

    def _reset(self, connection: smtplib.SMTP, replies: list[tuple[int, bytes]]) -> None:
        """Back to the state between two mails."""
        if replies[-1][0] == 354:
            # The server accepted DATA although a command before it failed: send an empty content, for no recipient.
            connection.send("\r\n.\r\n")
            connection.getreply()
        connection.rset()

    def _send_content(self, connection: smtplib.SMTP, payload: bytes) -> Answer:
        try:
            connection.send(payload + b".\r\n")
            code, text = connection.getreply()
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            return Answer(Outcome.UNCERTAIN, 0, _text_of(error))
        if code == 421:
            self._drop()
        outcome = Outcome.ACCEPTED if code < 400 else Outcome.LATER if code < 500 else Outcome.REFUSED
        return Answer(outcome, code, _decoded(text), is_about_recipient=False)


class PreparedMessage(EmailMessage):
    """A finished mail, for Django's backends that are not SMTP (mailbox of the demo, memory of the tests)."""

    def __init__(self, sender: str, to: str, payload: bytes) -> None:
        self._parsed: Any = message_from_bytes(unstuffed(payload), policy=policy.default)
        super().__init__(subject=str(self._parsed["Subject"]), from_email=sender, to=[to])

    def message(self, *args: Any, **kwargs: Any) -> Any:
        return self._parsed


class BackendTransport:
    """Any other Django mail backend: what it takes counts as accepted."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend

    def send(self, sender: str, to: str, payload: bytes) -> Answer:
        try:
            self.backend.send_messages([PreparedMessage(sender, to, payload)])
        except OSError as error:
            raise TransportUnavailable(_text_of(error)) from error
        return Answer(Outcome.ACCEPTED, 250)

    def close(self) -> None:
        self.backend.close()


def _decoded(text: bytes) -> str:
    return without_addresses(text.decode("utf-8", "replace"))[:280]


def _text_of(error: Exception) -> str:
    return without_addresses(f"{type(error).__name__}: {error}")[:280]


def open_transport() -> Transport:
    """The mailer that MAILERS names for the newsletter (`newsletter`, else `default`)."""
    backend = mailers["newsletter" if "newsletter" in settings.MAILERS else "default"]
    return SmtpTransport(backend) if isinstance(backend, EmailBackend) else BackendTransport(backend)


OpenTransport = Callable[[], Transport]
