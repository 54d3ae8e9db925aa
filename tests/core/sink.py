"""A real mail server of our own: it keeps what it gets, byte by byte, and refuses or dawdles on demand."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.serving import free_port

OK = "250 taken"


class FaultyServer(SMTP):
    """aiosmtpd's, which says nothing or hangs up where its sink says so."""

    async def _handle_client(self) -> None:
        if self.event_handler.closed:
            assert self.transport
            self.transport.abort()
            return
        while self.event_handler.silent:
            await asyncio.sleep(0.05)
        await super()._handle_client()


class FaultyController(Controller):
    def factory(self) -> SMTP:
        return FaultyServer(self.handler, **self.SMTP_kwargs)


class Sink:
    """Answers are used up one by one, then every mail is taken. `began` is set as soon as a mail's content has arrived."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.senders: list[str] = []
        self.data_answers: list[str] = []
        self.recipient_answers: list[str] = []
        self.sender_answers: list[str] = []
        # So many mails are taken without an answer: the connection is cut.
        self.hang_ups = 0
        self.pauses: list[float] = []
        # Connections are taken and no word is said; or they are cut at once.
        self.silent = False
        self.closed = False
        self.began = threading.Event()
        self.port = free_port()

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        answer = self.sender_answers.pop(0) if self.sender_answers else OK
        if answer == OK:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        answer = self.recipient_answers.pop(0) if self.recipient_answers else OK
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.data_answers.pop(0) if self.data_answers else OK
        if answer == OK:
            assert isinstance(envelope.content, bytes)
            self.received.append(envelope.content)
            self.senders.append(str(envelope.mail_from))
        self.began.set()
        if self.hang_ups:
            self.hang_ups -= 1
            assert server.transport
            server.transport.abort()
        if self.pauses:
            await asyncio.sleep(self.pauses.pop(0))
        return answer

    @property
    def messages(self) -> list[EmailMessage]:
        parsed = [message_from_bytes(each, policy=policy.default) for each in self.received]
        return [each for each in parsed if isinstance(each, EmailMessage)]

    @property
    def mailers(self) -> dict[str, Any]:
        """For `settings.MAILERS`."""
        options = {"host": "127.0.0.1", "port": self.port, "timeout": 20}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


@contextmanager
def listening() -> Iterator[Sink]:
    """A sink on a free port of this machine, in a thread."""
    sink = Sink()
    controller = FaultyController(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
