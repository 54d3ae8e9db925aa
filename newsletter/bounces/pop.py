"""How bounces reach us: a POP3 mailbox, or a folder of files (a Maildir, or one mail a file)."""

import poplib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django.conf import settings

MOST_BYTES = 2 * 1024 * 1024
# poplib stops at lines over 2,048 bytes and then reads their rest as the answer to the next command: one such mail would bar the way to
# all behind it, at every run. (No mail server takes mails as large as this.)
poplib._MAXLINE = 64 * 1024 * 1024  # type: ignore[attr-defined]


class Mailbox(Protocol):
    """A place with mails; each is removed once it was dealt with."""

    def names(self) -> Iterator[str]:
        """What lies there."""

    def read(self, name: str) -> bytes:
        """One mail, its beginning where it is very large."""

    def remove(self, name: str) -> None:
        """Forgets it."""


class PopMailbox:
    """A mailbox over POP3; what is removed goes when the session ends in good order, else it stays and is read again."""

    def __init__(self, connection: poplib.POP3) -> None:
        self.connection = connection

    def names(self) -> Iterator[str]:
        count, _size = self.connection.stat()
        yield from (str(number) for number in range(1, count + 1))

    def read(self, name: str) -> bytes:
        _answer, lines, _size = self.connection.retr(int(name))
        return b"\r\n".join(lines)[:MOST_BYTES]

    def remove(self, name: str) -> None:
        self.connection.dele(int(name))


class FolderMailbox:
    """A Maildir (its `new` and `cur`), or a folder of mails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> Iterator[str]:
        places = [self.folder / "new", self.folder / "cur"] if (self.folder / "new").is_dir() else [self.folder]
        for place in places:
            if place.is_dir():
                yield from (str(path) for path in sorted(place.iterdir()) if path.is_file())

    def read(self, name: str) -> bytes:
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES)

    def remove(self, name: str) -> None:
        Path(name).unlink(missing_ok=True)


@contextmanager
def pop_mailbox() -> Iterator[PopMailbox]:
    """The mailbox of the settings, over TLS unless they say otherwise. Mails are removed at the end, and only if all went well."""
    host, port = settings.NEWSLETTER_BOUNCE_POP_HOST, settings.NEWSLETTER_BOUNCE_POP_PORT
    opened = poplib.POP3_SSL if settings.NEWSLETTER_BOUNCE_POP_TLS else poplib.POP3
    connection = opened(host, port, timeout=30)
    try:
        connection.user(settings.NEWSLETTER_BOUNCE_POP_USER)
        connection.pass_(settings.NEWSLETTER_BOUNCE_POP_PASSWORD)
        yield PopMailbox(connection)
        connection.quit()
    finally:
        connection.close()
