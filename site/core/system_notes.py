"""Notes beside a change of status: free text from a user, or a code of ours that is translated when it is shown."""

from django.db.models import TextChoices


def note_label(note: str, *kinds: type[TextChoices]) -> str:
    """`note` in the active language where it is a value of one of `kinds`; anything else as it was written."""
    kind = next((kind for kind in kinds if note in kind.values), None)
    return str(kind(note).label) if kind else note
