"""Which mails must have left, told from the histories of the places and of the groups alone (docs/decisions/0029)."""

from collections import Counter
from itertools import groupby, zip_longest

from core.models import OutgoingMail
from trainings.enums import EnrolmentStatus, SystemNote
from trainings.models import Enrolment, EnrolmentGroup, EnrolmentTransition
from trainings.seats.modes import GroupMode

KINDS = {
    EnrolmentStatus.CONFIRMED: "enrolment_confirmed",
    EnrolmentStatus.OFFERED: "seat_offered",
    EnrolmentStatus.LAPSED: "offer_lapsed",
    EnrolmentStatus.CANCELLED: "enrolment_cancelled",
}
GROUP = "group"
# The person keeps her other place, or has this one again: no mail.
UNTOLD = {SystemNote.SAME_PERSON, SystemNote.MERGE_UNDONE}
# Nobody decided it: of a group that is served as one, the contact is told, once for all.
BY_ITSELF = {SystemNote.SEAT_FREED, SystemNote.OFFER_LAPSED}


class MailsDue:
    """How many mails of each kind are due about each place and each group."""

    def __init__(self) -> None:
        self.due: Counter[tuple[str, str]] = Counter()
        self.latest_change = self.latest_group = 0

    def note(self, *, answers_after_the_start: bool = False) -> None:
        """What the service that was just called owes. To be called after each one: how a group is served may change with the next."""
        for group in EnrolmentGroup.objects.filter(pk__gt=self.latest_group).order_by("pk"):
            self.due[f"enrolmentgroup:{group.pk}", GROUP] += 1
            self.latest_group = group.pk
        rows = EnrolmentTransition.objects.filter(pk__gt=self.latest_change).select_related("enrolment__group")
        told: set[int] = set()
        for _place, of_one in groupby(sorted(rows, key=lambda row: (row.enrolment_id, row.pk)), key=lambda row: row.enrolment_id):
            changes = list(of_one)
            self.latest_change = max(self.latest_change, changes[-1].pk)
            for row, following in zip_longest(changes, changes[1:]):
                is_own_answer = row.to_status == EnrolmentStatus.LAPSED and (following is not None or answers_after_the_start)
                if not is_own_answer:  # too late: the page tells her, and the mail where she stands now
                    self._note_change(row, told)
        self.due.update((f"enrolmentgroup:{group}", GROUP) for group in told)

    def name_given(self, place: Enrolment) -> None:
        """Whoever gets a place that had no name is told how it stands."""
        if place.status in KINDS:
            self.due[f"enrolment:{place.pk}", KINDS[EnrolmentStatus(place.status)]] += 1

    def wrong(self) -> dict[tuple[str, str], tuple[int, int]]:
        """What is not as it must be: (sent, due)."""
        kinds = {*KINDS.values(), GROUP}
        rows = OutgoingMail.objects.values_list("about", "kind")
        sent = Counter((about, kind.rpartition("/")[2]) for about, kind in rows if kind.rpartition("/")[2] in kinds)
        passed_over = EnrolmentGroup.objects.exclude(told_passed_over_at=None).values_list("pk", flat=True)
        due = self.due + Counter((f"enrolmentgroup:{pk}", GROUP) for pk in passed_over)
        return {key: (sent[key], due[key]) for key in {*sent, *due} if sent[key] != due[key]}

    def _note_change(self, row: EnrolmentTransition, told: set[int]) -> None:
        group, is_by_itself = row.enrolment.group, row.reason in BY_ITSELF
        is_together = group is not None and group.mode == GroupMode.ALL_OR_NONE
        if is_together and is_by_itself:
            told.add(row.enrolment.group_id)
        is_moved = "→" in row.reason  # a mail of its own tells it
        is_name_missing = not row.from_status and row.enrolment.is_unnamed
        is_for_contact = is_together and is_by_itself and row.to_status != EnrolmentStatus.CONFIRMED
        if row.to_status in KINDS and row.reason not in UNTOLD and not (is_moved or is_name_missing or is_for_contact):
            self.due[f"enrolment:{row.enrolment_id}", KINDS[EnrolmentStatus(row.to_status)]] += 1
