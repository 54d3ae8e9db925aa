"""Reading the demo's mailbox as its owner would."""

import email
import email.policy
import re
import time
from email.message import EmailMessage
from pathlib import Path

TIMEOUT = 30


def mails_to(folder: Path, address: str) -> list[EmailMessage]:
    """Every mail to one address, the oldest first."""
    found = []
    for path in sorted((folder / "mailbox").glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        if address in str(message["To"]):
            found.append(message)
    return found


def wait_for_mail(folder: Path, address: str, number: int = 1) -> EmailMessage:
    """The n-th mail to an address, delivered by the worker."""
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        mails = mails_to(folder, address)
        if len(mails) >= number:
            return mails[number - 1]
        time.sleep(0.3)
    raise AssertionError(f"No mail number {number} to {address} within {TIMEOUT} s.")


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\u00a0", " ")


def html_of(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def links_of(message: EmailMessage) -> list[str]:
    return re.findall(r"https?://\S+", text_of(message))
