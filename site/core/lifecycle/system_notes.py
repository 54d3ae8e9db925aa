"""Transition notes: free text from a user, or a code translated when it is shown."""

from django.db.models import TextChoices


def note_label(note: str, *ours: type[TextChoices]) -> str:
    """The label of a note that is a value of one of `ours`; anything else unchanged."""
    kind = next((kind for kind in ours if note in kind.values), None)
    return str(kind(note).label) if kind else note
