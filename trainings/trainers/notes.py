"""What the trainers note after a session."""

from django.db import transaction

from trainings.models import Session


@transaction.atomic
def note_afterwards(*, session: Session, text: str) -> Session:
    """Replaces what was noted."""
    current = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    current.note_after = text
    current.save(update_fields=["note_after"])
    return current
