"""Three invented requests of organisations: one just received, one with a proposal, one planned with its list of people."""

import datetime

from django.utils import timezone

from core.models import User
from trainings.models import Meeting, Module, Trainer, TrainingRequest, Venue
from trainings.requests.participants.enrol_list import enrol_people
from trainings.requests.plan import PlanData, plan_request
from trainings.requests.proposals import PartData, ProposalData, Span, accept_proposal, send_proposal, write_proposal
from trainings.requests.receive import RequestData, receive_request
from trainings.requests.selectors import current_proposal, parts_of

PEOPLE = """Robin Exemple <robin.exemple@example.org>
Sacha Exemple; sacha.exemple@example.org; éducateur
Lou\tExemple\tlou.exemple@example.org\tinfirmière"""
# Organisation, contact person, module, language, what for, people.
ASKED = [
    ("Centre d’accueil d’exemple", "Maud Exemple", 18, "fr", "Notre équipe accueille depuis peu des personnes qui consomment.", 9),
    ("Voorbeeldhuis", "Jan Voorbeeld", 41, "nl", "We willen de drempel van ons onthaal verlagen en zoeken houvast.", 12),
    ("Maison médicale d’exemple", "Noé Exemple", 30, "fr", "Une pair-aidante rejoint bientôt notre équipe : comment l’accueillir ?", 10),
]


def build_requests(modules: dict[int, Module]) -> None:
    """Their mails are in the demo's mailbox."""
    by = User.objects.get(email="coordination@example.org")
    _received, proposed, planned = [_receive(modules[asked[2]], asked) for asked in ASKED]
    _propose(proposed, "1.200 euro, verplaatsing inbegrepen. Te betalen na de opleiding.", by)
    _propose(planned, "900 euros, déplacement compris. À payer après la formation.", by)
    _plan(planned, by)


def _receive(module: Module, asked: tuple[str, str, int, str, str, int]) -> TrainingRequest:
    organisation, name, _number, language, purpose, people = asked
    email = f"{name.lower().replace(' ', '.').replace('é', 'e')}@example.org"
    data = RequestData(
        organisation_name=organisation, name=name, email=email, module=module, language=language, purpose=purpose, people=people
    )
    return receive_request(data=data, now=timezone.now())


def _half_day(days: int, trainers: list[Trainer]) -> Span:
    """The first morning from so many days on, on a weekday on which none of the trainers gives anything, whatever day it is today."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    while day.weekday() > 4 or Meeting.objects.filter(session__trainers__in=trainers, starts_at__date=day).exists():
        day += datetime.timedelta(days=1)
    start = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9, 30)))
    return start, start + datetime.timedelta(hours=3)


def _propose(request: TrainingRequest, price: str, by: User) -> None:
    trainers = list(Trainer.objects.order_by("email")[:2])
    data = ProposalData(
        parts=[PartData(module=request.module, spans=[_half_day(60, trainers), _half_day(74, trainers)])],
        price=price,
        valid_until=timezone.localdate() + datetime.timedelta(days=30),
        trainers=trainers,
    )
    write_proposal(request=request, data=data)
    send_proposal(request=request, now=timezone.now(), today=timezone.localdate(), by=by)


def _plan(request: TrainingRequest, by: User) -> None:
    accept_proposal(request=request, version=1, now=timezone.now(), today=timezone.localdate())
    proposal = current_proposal(request)
    parts = parts_of(proposal) if proposal else []
    spans = {part.pk: [(each.starts_at, each.ends_at) for each in part.meetings.all()] for part in parts}
    data = PlanData(venue=Venue.objects.order_by("pk")[0], capacity=10, spans=spans, prices={part.pk: 90_000 for part in parts})
    for session in plan_request(request=request, data=data, now=timezone.now(), by=by):
        enrol_people(request=request, session=session, text=PEOPLE, now=timezone.now())
