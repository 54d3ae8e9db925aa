"""The map: organisations public sources say work with peers, and invented examples, visibly marked."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from cartography.enums import CheckedBy, Practice, Precision, Proposer, Provenance, ReportReason
from cartography.geo import belgium
from cartography.models import Place
from cartography.places.data import Notes, PlaceData
from cartography.places.services import confirm_place, create_place, lock_place, mark_to_confirm, publish_place
from cartography.submissions.services import confirm_submission, propose_edit, propose_place, report_place
from demo.reading import facts, sheet

PRACTICES = {"employs": Practice.EMPLOYED, "open_to_peers": Practice.OPEN, "trainee": Practice.PLACEMENT}
ADDRESSES = {"Smes – Housing First": ("1030", "Rue du Progrès 323")}
SILENT = 14  # months without an answer


def build_places(now: datetime.datetime | None = None) -> list[Place]:
    """Thirteen real places, forty-seven examples, and a few messages in the queue."""
    now = now or timezone.now()
    content = sheet("places")
    places = [_real(row, content["facts"], now) for row in facts("organisations")["organisations"] if _is_known(row)]
    examples = [_example(line, content["summaries"], now, number) for number, line in enumerate(content["examples"])]
    _build_queue(examples, now)
    return [*places, *examples]


def _is_known(row: dict[str, Any]) -> bool:
    return row.get("peer_support") in PRACTICES and bool(row.get("municipality"))


def _real(row: dict[str, Any], sayings: dict[str, Any], now: datetime.datetime) -> Place:
    """What its source says. Nobody of the demo checked it, so nothing claims that somebody did."""
    code, street = ADDRESSES.get(row["name_fr"], ("", ""))
    municipality = belgium.find(name=row["municipality"])[0]
    saying = sayings[row["peer_support"]]
    data = PlaceData(
        name_fr=row["name_fr"],
        name_nl=row["name_nl"] if row["name_nl"] != row["name_fr"] else "",
        sector=row["sector"],
        practices=[PRACTICES[row["peer_support"]]],
        since=2015 if street else None,
        languages=["fr", "nl"] if street else [],
        is_open_to_placements=row["peer_support"] == "trainee",
        **{f"summary_{language}": saying[language] for language in ("fr", "nl", "en")},
        precision=Precision.ADDRESS if street else Precision.MUNICIPALITY,
        street=street,
        postal_code=code or (municipality.postal_codes[0] if len(municipality.postal_codes) == 1 else ""),
        nis=municipality.nis,
    )
    notes = Notes(
        provenance=Provenance.PUBLISHED,
        source=row["peer_source"],
        is_location_verified="unverified" not in row["municipality_evidence"],
        internal_note=row["municipality_evidence"],
    )
    place = create_place(data=data, notes=notes, now=now)
    return publish_place(place=place, now=now)


def _example(line: str, summaries: dict[str, Any], now: datetime.datetime, number: int) -> Place:
    parts = [part.strip() for part in line.split("|")]
    name_fr, name_nl, sector, where, street, practices, languages, since, headcount, summary, months = parts
    municipality = belgium.as_entered(where)[0]
    postal_code = where[:4]
    point = belgium.point_of(municipality.nis, postal_code)
    is_exact = street != "-" and point is not None
    data = PlaceData(
        name_fr=name_fr,
        name_nl=name_nl if name_nl != name_fr else "",
        sector=sector,
        practices=practices.split(","),
        role_names=["expert"] if "nl" in languages[:2] else ["peer_worker"],
        since=int(since) if since else None,
        headcount=headcount,
        languages=languages.split(","),
        is_open_to_placements=summary == "open" or number % 4 == 0,
        **{f"summary_{language}": summaries[summary][language] for language in ("fr", "nl", "en")},
        precision=Precision.ADDRESS if is_exact else Precision.MUNICIPALITY,
        street=street if is_exact else "",
        postal_code=postal_code,
        nis=municipality.nis,
        # A little off the middle of its postal code, so that neighbours do not lie upon one another.
        lat=round(point.lat + (number % 5 - 2) * 0.0016, 5) if is_exact and point else None,
        lon=round(point.lon + (number % 7 - 3) * 0.0019, 5) if is_exact and point else None,
        email=f"accueil@{slugify(name_fr)}.example.org",
        phone=f"02 000 00 {number:02d}" if municipality.region == belgium.BRUSSELS else f"000 00 00 {number:02d}",
        website=f"https://{slugify(name_fr)}.example.org/",
    )
    published_at = now - datetime.timedelta(days=30 * int(months) + number)
    notes = Notes(provenance=Provenance.ORGANISATION, is_example=True)
    place = create_place(data=data, notes=notes, now=published_at - datetime.timedelta(days=2))
    publish_place(place=place, now=published_at)
    checked_by = CheckedBy.SMES if number % 3 == 0 else CheckedBy.ORGANISATION
    confirmed = confirm_place(place=place, checked_by=checked_by, now=now - datetime.timedelta(days=30 * int(months) + number % 9))
    if int(months) >= SILENT:
        with transaction.atomic():
            mark_to_confirm(lock_place(place.pk), now=now - datetime.timedelta(days=20))
    return confirmed


def _build_queue(examples: list[Place], now: datetime.datetime) -> None:
    """Work for a moderator: a proposal, one that is on the map already, a report, an edit."""
    first, second, third = examples[:3]
    new = PlaceData(
        name_fr="Maison d’accueil Les Hirondelles",
        name_nl="Onthaalhuis De Zwaluwen",
        sector="homeless",
        practices=[Practice.VOLUNTEER],
        languages=["fr"],
        summary_fr="Des bénévoles qui ont connu la rue accueillent le matin.",
        postal_code="1080",
        nis="21012",
        email="info@hirondelles.example.org",
    )
    again = PlaceData.of(first)
    for data, sender, proposer in ((new, new.email, Proposer.SERVICE), (again, "partenaire@example.org", Proposer.VISITOR)):
        sent_at = now - datetime.timedelta(days=2)
        proposal = propose_place(data=data, email=sender, proposer=proposer, comment="", language="fr", now=sent_at)
        confirm_submission(submission=proposal, now=now - datetime.timedelta(days=1))
    report_place(
        place=second,
        reason=ReportReason.WRONG,
        comment="Le groupe se réunit maintenant le jeudi, au numéro 10.",
        email="",
        language="fr",
        now=now - datetime.timedelta(hours=20),
    )
    values = PlaceData.of(third).as_json() | {"headcount": "4+", "languages": ["fr", "nl", "en"]}
    propose_edit(place=third, data=PlaceData.from_json(values), comment="", language="fr", now=now - datetime.timedelta(hours=3))
