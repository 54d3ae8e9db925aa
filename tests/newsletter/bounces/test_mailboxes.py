"""Where bounces come in: a POP3 mailbox, a Maildir, a folder, each read by the command and by the timed duty."""

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from newsletter.bounces.verp import encode_verp
from newsletter.duties import read_bounces
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.models import Delivery
from tests.newsletter.bounces.mails import letter, report, status

pytestmark = pytest.mark.django_db


class PopServer(socketserver.BaseRequestHandler):
    """As much of POP3 (RFC 1939) as a mailbox needs."""

    mails: list[bytes]
    removed: set[int]

    def handle(self) -> None:
        stream = self.request.makefile("rwb")
        marked: set[int] = set()

        def say(line: bytes) -> None:
            stream.write(line + b"\r\n")
            stream.flush()

        say(b"+OK")
        for raw in stream:
            word, *rest = raw.decode().split()
            if word == "STAT":
                say(b"+OK %d %d" % (len(self.mails), sum(map(len, self.mails))))
            elif word == "RETR":
                say(b"+OK")
                for line in self.mails[int(rest[0]) - 1].split(b"\r\n"):
                    say(b"." + line if line.startswith(b".") else line)
                say(b".")
            elif word == "DELE":
                marked.add(int(rest[0]))
                say(b"+OK")
            elif word == "QUIT":
                self.removed |= marked
                say(b"+OK")
                return
            else:
                say(b"+OK")


@pytest.fixture
def pop(settings: Any) -> Iterator[type[PopServer]]:
    """A mailbox over the network, without TLS."""
    handler = type("Handler", (PopServer,), {"mails": [], "removed": set()})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.NEWSLETTER_BOUNCE_POP_HOST, settings.NEWSLETTER_BOUNCE_POP_PORT = server.server_address
        settings.NEWSLETTER_BOUNCE_POP_TLS = False
        yield handler
        server.shutdown()


def test_the_mailbox_is_read_over_pop3_and_emptied(pop: type[PopServer], delivery: Delivery, capsys: pytest.CaptureFixture[str]) -> None:
    pop.mails += [report(encode_verp(delivery.pk)), letter("news@example.org", "Buy now", sender="shop@example.net", subject="Offer")]
    call_command("process_bounces")
    assert "1  hard" in capsys.readouterr().out
    assert pop.removed == {1, 2}
    assert status() == SubscriberStatus.BOUNCED


def test_a_very_long_line_bars_the_way_to_nothing_behind_it(pop: type[PopServer], delivery: Delivery) -> None:
    pop.mails += [letter("news@example.org", "x" * 100_000, sender="shop@example.net", subject="Offer"), report(encode_verp(delivery.pk))]
    call_command("process_bounces")
    assert status() == SubscriberStatus.BOUNCED
    assert pop.removed == {1, 2}


def test_the_timed_duty_reads_it_and_a_dry_run_only_counts(pop: type[PopServer], delivery: Delivery) -> None:
    pop.mails.append(report(encode_verp(delivery.pk)))
    counted = {"bounces, complaints and replies": 1}
    assert read_bounces(now=timezone.now(), dry_run=True) == counted
    assert pop.removed == set()
    assert read_bounces(now=timezone.now(), dry_run=False) == counted
    assert pop.removed == {1}
    assert status() == SubscriberStatus.BOUNCED


def test_kept_mails_stay_in_the_mailbox(pop: type[PopServer], delivery: Delivery) -> None:
    pop.mails.append(report(encode_verp(delivery.pk)))
    call_command("process_bounces", keep=True)
    assert pop.removed == set()


def test_without_a_mailbox_the_command_says_what_to_set() -> None:
    with pytest.raises(CommandError, match="NEWSLETTER_BOUNCE_POP_HOST"):
        call_command("process_bounces")


def test_a_maildir_is_read_too(tmp_path: Path, delivery: Delivery) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1").write_bytes(report(encode_verp(delivery.pk)))
    call_command("process_bounces", folder=tmp_path)
    assert status() == SubscriberStatus.BOUNCED
    assert not list((tmp_path / "new").iterdir())
