"""The screens of the follow-up: from a call noted to a file closed, by its buttons alone; and who may read what."""

import datetime
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from core.models import User
from followup.models import File, FileEvent, Request
from followup.requests.mails import request_received
from tests.core.factories import SectorFactory
from tests.core.people import browser_of, member
from tests.followup.factories import FileEventFactory, FileFactory, RequestFactory
from tests.versions import version_of

pytestmark = pytest.mark.django_db
OVERWRITING = {"assign_request", "complete_request", "next_step", "file_team"}


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any) -> None:
    """What it stops is tested where it stands (tests/core/accounts); here it would stop everything."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "SecondFactor" not in each]


@pytest.fixture
def me() -> User:
    return member("Follow-up", first_name="Camille", last_name="Exemple")


@pytest.fixture
def colleague(me: User) -> Client:
    return browser_of(me)


def is_missing(response: Any) -> bool:
    """Not found; Django then tries the same URL below a language, where it is not either."""
    return response.status_code == 404 or response.get("Location", "").startswith("/en/admin/")


def exported(client: Client, name: str) -> list[tuple[Any, ...]]:
    """The rows of an export, as cells."""
    answer: Any = client.get(reverse(f"{name}:index"), {"export": "xlsx"})
    sheet: Any = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    return list(sheet.iter_rows())


def day(days: int = 0) -> str:
    return f"{timezone.localdate() - datetime.timedelta(days=days):%d/%m/%Y}"


def act(client: Client, name: str, *args: int, **typed: Any) -> Any:
    """Opens the form and sends it, with the version it read where it overwrites something."""
    url = reverse(f"followup_backoffice:{name}", args=args)
    return client.post(url, (version_of(client, url) if name in OVERWRITING else {}) | typed)


def file_page(client: Client, file: File) -> str:
    return client.get(reverse("followup_files:inspect", args=[file.pk])).content.decode()


def test_from_a_call_to_a_closed_file(colleague: Client, me: User) -> None:
    told = {"pillar": "mobile_team", "organisation_name": "Maison Exemple", "phone": "02 000", "language": "fr"}
    noted = act(colleague, "note_request", received_on=day(9), **told)
    request = Request.objects.get()
    assert noted["Location"] == reverse("followup_requests:inspect", args=[request.pk])
    html = colleague.get(noted["Location"]).content.decode()
    assert "Begin the analysis" in html
    assert "The yearly figures lack the sector or the reason." in html
    act(colleague, "analyse_request", request.pk, day=day(8))
    sector = SectorFactory()
    act(colleague, "complete_request", request.pk, organisation_name="Maison Exemple", sector=sector.pk, reason="loss", origin="web")
    opened = act(colleague, "open_file", request.pk, opened_on=day(7))
    file = File.objects.get()
    assert opened["Location"] == reverse("followup_files:inspect", args=[file.pk])
    assert list(file.team.all()) == [me]
    for kind in ("contact", "visit", "contact"):
        act(colleague, "log_event", file.pk, kind=kind, held_on=timezone.localdate().isoformat(), minutes="20")
    act(colleague, "next_step", file.pk, next_step="Rappeler l’équipe", on=day(-7), who=me.pk)
    html = file_page(colleague, file)
    assert html.count("20 min") == 3
    assert "Rappeler l’équipe" in html
    act(colleague, "close_file", file.pk, day=day())
    file.refresh_from_db()
    assert (file.status, file.next_step) == ("closed", "")
    assert "smes-log" not in file_page(colleague, file)
    assert {each.label for each in ModelLogEntry.objects.all()} == {request.reference, file.reference}


def test_the_page_of_a_request_shows_the_mails_about_it(colleague: Client) -> None:
    request = RequestFactory()
    mail = request_received(request, now=timezone.now())
    assert mail.subject in unescape(colleague.get(reverse("followup_requests:inspect", args=[request.pk])).content.decode())


def test_a_day_still_to_come_or_before_the_file_is_refused_in_words(colleague: Client, me: User) -> None:
    file = FileFactory(members=[me])
    for days, words in ((-1, "This day is still to come."), (1, "The file was opened later than this day.")):
        held_on = (timezone.localdate() - datetime.timedelta(days=days)).isoformat()
        response = act(colleague, "log_event", file.pk, kind="contact", held_on=held_on)
        assert response.status_code == 422
        assert words in response.content.decode()
    assert not FileEvent.objects.exists()


def test_an_event_noted_by_mistake_is_removed(colleague: Client, me: User) -> None:
    event = FileEventFactory(file=FileFactory(members=[me]))
    other = FileEventFactory()
    assert is_missing(act(colleague, "remove_event", event.file_id, other.pk))
    act(colleague, "remove_event", event.file_id, event.pk)
    assert list(FileEvent.objects.all()) == [other]


def test_a_file_is_read_by_its_team_and_the_direction_alone(colleague: Client, me: User) -> None:
    mine, foreign = FileFactory(members=[me]), FileFactory()
    assert colleague.get(reverse("followup_files:inspect", args=[mine.pk])).status_code == 200
    assert is_missing(colleague.get(reverse("followup_files:inspect", args=[foreign.pk])))
    listing = colleague.get(reverse("followup_files:index")).content.decode()
    assert mine.request.organisation_name in listing
    assert foreign.request.organisation_name not in listing
    assert [row[0].value for row in exported(colleague, "followup_files")[1:]] == [mine.reference]
    for name in ("log_event", "next_step", "close_file", "file_team"):
        assert is_missing(colleague.get(reverse(f"followup_backoffice:{name}", args=[foreign.pk])))
    assert foreign.reference not in colleague.get(reverse("followup_requests:inspect", args=[foreign.request_id])).content.decode()
    direction = browser_of(member("Direction"))
    html = direction.get(reverse("followup_files:inspect", args=[foreign.pk])).content.decode()
    assert foreign.request.organisation_name in html
    assert "smes-log" not in html, "the direction reads, the team works"


@pytest.mark.parametrize("group", ["Trainer", "Coordinator", "Editor in chief", "Newsletter"])
def test_nobody_else_finds_requests_or_files(group: str) -> None:
    other, file = browser_of(member(group)), FileFactory()
    for url in (
        reverse("followup_requests:index"),
        reverse("followup_requests:inspect", args=[file.request_id]),
        reverse("followup_files:inspect", args=[file.pk]),
        reverse("followup_backoffice:note_request"),
        reverse("followup_backoffice:log_event", args=[file.pk]),
    ):
        assert other.get(url).status_code in {302, 403}, url
        assert other.post(url).status_code in {302, 403, 405}, url
    assert Request.objects.count() == 1


def test_the_listing_of_requests_is_exported_without_the_contact_person(colleague: Client) -> None:
    request = RequestFactory(organisation_name="=1+1")
    cells = [cell for row in exported(colleague, "followup_requests") for cell in row]
    told = {cell.value for cell in cells}
    assert request.reference in told
    assert not {request.email, request.name, request.phone} & told
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_listings_are_filtered(colleague: Client, me: User) -> None:
    today = timezone.localdate()
    RequestFactory(organisation_name="Sans personne", sector=SectorFactory(), reason="loss")
    RequestFactory(organisation_name="Sans secteur", owner=me)
    silent = FileFactory(request__organisation_name="Silencieuse", request__received_on=today - datetime.timedelta(days=50), members=[me])
    overdue = FileFactory(
        request__organisation_name="En retard",
        next_step="Rappeler",
        next_step_on=today - datetime.timedelta(days=1),
        next_step_by=me,
        members=[me],
    )
    requests, files = reverse("followup_requests:index"), reverse("followup_files:index")
    for url, shown, hidden in (
        (f"{requests}?owner=nobody&status=received", "Sans personne", "Sans secteur"),
        (f"{requests}?missing=sector&status=received", "Sans secteur", "Sans personne"),
        (f"{files}?attention=silent", "Silencieuse", "En retard"),
        (f"{files}?attention=overdue", "En retard", "Silencieuse"),
        (f"{files}?attention=mine", "En retard", "Silencieuse"),
    ):
        html = colleague.get(url).content.decode()
        assert shown in html, url
        assert hidden not in html, url
    board = colleague.get(reverse("wagtailadmin_home")).content.decode()
    assert silent.request.organisation_name in board
    assert overdue.next_step in board
    assert "Sans personne" in board


def test_a_listing_asks_for_no_more_however_many_rows(colleague: Client, me: User, django_assert_max_num_queries: Any) -> None:
    for _number in range(5):
        FileFactory(request__sector=SectorFactory(), next_step="Rappeler", next_step_by=member("Follow-up"), members=[me])
    with django_assert_max_num_queries(30):
        colleague.get(reverse("followup_files:index"))
    with django_assert_max_num_queries(30):
        colleague.get(reverse("followup_requests:index"))
