"""Seals every note with the newest of NOTES_KEYS, so that an older key can be taken from the list."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from followup.notes.reseal import reseal_notes


class Command(BaseCommand):
    help = "Seals every note with the first of NOTES_KEYS. Afterwards the older keys can go. Reads no note."

    def handle(self, *args: Any, **options: Any) -> None:
        done, lost = reseal_notes()
        self.stdout.write(f"{done} notes sealed with the newest key.")
        if lost:
            raise CommandError(f"{lost} notes open with none of the keys: keep looking for their key before you take any away.")
