"""A new key: every note is sealed again. No text is shown, so nothing is noted as read."""

from django.db import transaction

from followup.models import Note
from followup.notes.sealing import KeyMissing, resealed

BATCH = 200


def reseal_notes() -> tuple[int, int]:
    """How many were sealed again, and how many open with none of the keys; those stay as they are."""
    done = lost = 0
    keys = list(Note.objects.filter(erased_at=None).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            for note in Note.objects.select_for_update().filter(pk__in=keys[start : start + BATCH], erased_at=None):
                try:
                    Note.objects.filter(pk=note.pk).update(sealed=resealed(note.sealed))
                    done += 1
                except KeyMissing:
                    lost += 1
    return done, lost
