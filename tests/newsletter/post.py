"""Reading the mails of a test, and following their links as a person or as a machine."""

import re

from core.models import OutgoingMail
from tests.core.mailing import work_off


def mails_to(email: str) -> list[OutgoingMail]:
    """What the worker wrote to an address, the oldest first."""
    work_off()
    return list(OutgoingMail.objects.filter(to=email).order_by("pk"))


def kinds_to(email: str) -> list[str]:
    """The names of those mails, e.g. `confirm`."""
    return [mail.kind.rsplit("/", 1)[-1] for mail in mails_to(email)]


def path_in(mail: OutgoingMail, letter: str) -> str:
    """The path of the short link of one kind: c(onfirm), p(references), u(nsubscribe)."""
    found = re.search(rf"https?://[^/\s]+(/n/{letter}/[\w-]{{22}}/)", mail.text)
    assert found, mail.text
    return found.group(1)
