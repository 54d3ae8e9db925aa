import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import clock
from newsletter.bounces.pop import FolderMailbox, pop_mailbox
from newsletter.bounces.process import process_mailbox


class Command(BaseCommand):
    """Reads the mailbox of bounces. Run it every ten minutes."""

    help = "Read bounces, complaints, and replies, from the POP3 mailbox of the settings or a folder."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, help="a Maildir or a folder of mails, instead of POP3")
        parser.add_argument("--keep", action="store_true", help="do not remove what was read")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        if options["folder"]:
            counts = process_mailbox(mailbox=FolderMailbox(options["folder"]), now=now, keep=options["keep"])
        elif settings.NEWSLETTER_BOUNCE_POP_HOST:
            with pop_mailbox() as mailbox:
                counts = process_mailbox(mailbox=mailbox, now=now, keep=options["keep"])
        else:
            raise CommandError("Set NEWSLETTER_BOUNCE_POP_HOST, or name a --folder.")
        for what, count in sorted(counts.items()):
            self.stdout.write(f"{count:5d}  {what}")
