"""Under which email a person was known before a merge, as long as the merge remembers it."""

from core.merging.merge import removed_row
from core.models import Merge
from trainings.models import Enrolment, Participant
from trainings.people.merge import PEOPLE


def merges_about(email: str) -> list[Merge]:
    """Merges that removed this address, or in which the person with it was kept. 30 days of them at most."""
    kept = set(Participant.objects.filter(email=email).values_list("pk", flat=True))
    remembered = Merge.objects.of(PEOPLE.key).exclude(changes=[])
    return [each for each in remembered if each.kept_id in kept or removed_row(each).get("email") == email]


def enrolments_once_under(email: str) -> list[int]:
    """The keys of enrolments that were this address's own until a merge."""
    own = (each for each in merges_about(email) if removed_row(each).get("email") == email)
    label = Enrolment._meta.label
    return [key for merge in own for entry in merge.changes if entry.get("model") == label for key in entry.get("keys", ())]


def forget_merges_about(email: str) -> None:
    """They cannot be undone any more: one of the two is nobody's."""
    Merge.objects.filter(pk__in=[each.pk for each in merges_about(email)]).update(changes=[])
