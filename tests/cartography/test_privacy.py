"""What the map keeps of a person is given out or erased by her address."""

import datetime
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from cartography.enums import SubmissionKind, SubmissionStatus
from cartography.models import Place, PlaceImportRow, Submission
from tests.cartography.factories import PlaceFactory, PlaceImportRowFactory, SubmissionFactory

pytestmark = pytest.mark.django_db

NORA = "nora@example.org"


def export(capsys: pytest.CaptureFixture[str], email: str) -> dict[str, Any]:
    call_command("person", "export", email)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)["cartography"]
    return told


def test_a_person_gets_all_she_sent(capsys: pytest.CaptureFixture[str]) -> None:
    place = PlaceFactory(name_fr="Maison du Tilleul")
    proposal = SubmissionFactory(email=NORA, comment="Bonjour")
    SubmissionFactory(kind=SubmissionKind.REPORT, place=place, values={}, reason="gone", email=NORA)
    SubmissionFactory(email="jules@example.org")
    told = export(capsys, " Nora@Example.org")
    assert [(each["kind"], each["about"]) for each in told["messages"]] == [
        ("proposal", "Maison proposée"),
        ("report", "Maison du Tilleul"),
    ]
    assert told["messages"][0]["comment"] == "Bonjour"
    assert told["messages"][0]["proposed"]["nis"] == "21015"
    assert told["messages"][1]["reason"] == "gone"
    assert proposal.token not in json.dumps(told)
    assert "jules" not in json.dumps(told)


def test_an_address_in_a_record_is_told_too(capsys: pytest.CaptureFixture[str]) -> None:
    place = PlaceFactory(name_fr="Maison du Tilleul", email=NORA)
    told = export(capsys, NORA)
    assert [each["name"] for each in told["records"]] == ["Maison du Tilleul"]
    assert place.token not in json.dumps(told)


def test_nobody_known_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert export(capsys, "nobody@example.org") == {"messages": [], "records": [], "imported_rows": []}


def test_a_person_is_erased_by_one_command_and_what_she_said_of_a_place_stays(capsys: pytest.CaptureFixture[str]) -> None:
    place = PlaceFactory(email=NORA)
    token = place.token
    waiting = SubmissionFactory(email=NORA, values={"name_fr": "Maison", "nis": "21015", "email": NORA})
    SubmissionFactory(email=NORA, status=SubmissionStatus.UNCONFIRMED, confirmed_at=None)
    other = SubmissionFactory(email="jules@example.org")
    call_command("person", "erase", "NORA@example.org", no_input=True)
    assert "cartography: 2 messages about the map, 1 records of services" in capsys.readouterr().out
    assert set(Submission.objects.values_list("pk", "email")) == {(waiting.pk, ""), (other.pk, "jules@example.org")}
    waiting.refresh_from_db()
    assert (waiting.status, waiting.values["name_fr"], waiting.values["email"]) == (SubmissionStatus.OPEN, "Maison", "")
    assert not PlaceImportRow.objects.exists()
    changed = Place.objects.get()
    assert changed.email == ""
    assert changed.token != token, "the link that was mailed to her opens nothing any more"
    assert export(capsys, NORA) == {"messages": [], "records": [], "imported_rows": []}


def test_rows_of_an_import_go_after_a_month(capsys: pytest.CaptureFixture[str]) -> None:
    now = timezone.now()
    PlaceImportRowFactory(place_import__created_at=now - datetime.timedelta(days=31))
    kept = PlaceImportRowFactory(place_import__created_at=now - datetime.timedelta(days=29))
    for options in ({"dry_run": True}, {}):
        assert PlaceImportRow.objects.count() == 2
        call_command("run_duties", only=["forget_import_rows"], **options)
        assert "1 rows of imports" in capsys.readouterr().out
    assert PlaceImportRow.objects.get() == kept
