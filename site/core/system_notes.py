"""What is noted beside a step: in a person's words as she wrote it, or in ours as a code, so that each reader gets her language."""

from django.db.models import TextChoices


def said(kept: str, *ours: type[TextChoices]) -> str:
    """What was kept, in the active language where it is a value of `ours`; anything else as it was said."""
    kind = next((kind for kind in ours if kept in kind.values), None)
    return str(kind(kept).label) if kind else kept
