"""People who may be one. A name alone, spelled another way, is worth a look; a letter's difference only where something else fits."""

from collections import defaultdict

from core.merging.likeness import Findings, Likely, Reason, mailbox_key, name_key, pairs_one_slip_apart, pairs_with_one_key, sound_key
from core.text.comparison import folded
from core.text.email_addresses import is_one_slip, suggestion
from trainings.models import Enrolment, Participant

type Pair = tuple[int, int]


def find_people(about: int | None = None) -> list[Likely]:
    """Every pair worth a look, or those with one person; the likeliest first. Two queries, however many people there are."""
    people = list(Participant.objects.values_list("pk", "name", "email"))
    names = [(pk, name_key(name)) for pk, name, _email in people]
    employers = _employers()
    same_name = set(pairs_with_one_key(names, about=about))
    same_sound = set(pairs_with_one_key(((pk, sound_key(name)) for pk, name, _email in people), about=about)) - same_name
    same_mailbox = set(pairs_with_one_key(((pk, mailbox_key(email)) for pk, _name, email in people), about=about))
    alike = same_name | same_sound
    near_email = _near_emails({pk: email for pk, _name, email in people}, alike, about) - same_mailbox
    found = alike | same_mailbox | near_email
    slip_in_name = set(pairs_one_slip_apart(names, about=about)) - alike
    fits = {pair for pair in slip_in_name if pair in found or employers[pair[0]] & employers[pair[1]]}
    findings = Findings()
    findings.add(same_mailbox, Reason.MAILBOX)
    findings.add(same_name, Reason.NAME)
    findings.add(near_email, Reason.EMAIL)
    findings.add(same_sound, Reason.SOUND)
    findings.add(fits, Reason.SLIP)
    findings.add({pair for pair in found | fits if employers[pair[0]] & employers[pair[1]]}, Reason.ORGANISATION)
    return findings.likely()


def _near_emails(emails: dict[int, str], names_fit: set[Pair], about: int | None) -> set[Pair]:
    """A typing error of the domain, or of the part before the @ where the names are one: colleagues may be `marie@` and `mario@`."""
    domains = {_domain(email): suggestion(f"somebody@{_domain(email)}").rpartition("@")[2] for email in emails.values()}
    right = ((pk, f"{_local(email)}@{domains[_domain(email)] or _domain(email)}") for pk, email in emails.items())
    one_name = pairs_with_one_key(((pk, _local(email)) for pk, email in emails.items()), about=about)
    # Only those are compared for which a slip would say something: an office gives everybody nearly the same address.
    slips = {pair for pair in {*one_name, *names_fit} if is_one_slip(emails[pair[0]], emails[pair[1]])}
    return set(pairs_with_one_key(right, about=about)) | slips


def _local(email: str) -> str:
    return email.rpartition("@")[0]


def _domain(email: str) -> str:
    return email.rpartition("@")[2]


def _employers() -> dict[int, set[str]]:
    """The organisations each person named, chosen or typed."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Enrolment.objects.known().values_list("participant_id", "organisation_id", "organisation_name").distinct()
    for participant, organisation, typed in rows:
        name = f"#{organisation}" if organisation else " ".join(folded(typed).split())
        if participant and name:
            found[participant].add(name)
    return found
