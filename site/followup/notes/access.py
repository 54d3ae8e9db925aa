"""Who reads and writes the notes of a file: its team, and nobody else."""

from core.accounts.staff import FOLLOW_UP_NOTES
from core.models import User
from followup.models import File


class NotOfTheTeam(Exception):
    """Notes are between those who work on a file."""


def may_read_notes(user: User, file: File) -> bool:
    """Of the team, with the right to read notes, which asks for a second factor. Never who may do everything, not even in the team."""
    if not user.is_active or user.is_superuser or not user.has_perm(FOLLOW_UP_NOTES):
        return False
    return bool(file.team.filter(pk=user.pk).exists())


def require_team(user: User, file: File) -> None:
    """Raises NotOfTheTeam."""
    if not may_read_notes(user, file):
        raise NotOfTheTeam
