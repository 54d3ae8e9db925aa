"""An institution enrols from behind one IP address; robots do not."""

import os
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.models import Attempt
from core.proof_of_work import admission
from tests.core.proof_of_work.solving import challenge_of, solved, ticket_of
from tests.trainings.factories import SessionFactory, make_sheets
from tests.trainings.forms import started
from trainings.models import Enrolment, Session

pytestmark = pytest.mark.django_db

ROBOTS = 400 if os.environ.get("ABUSE_AT_SCALE") else 80
OFFICE = "192.0.2.7"
FREE, LIMIT = 30, 60


@pytest.fixture
def url() -> str:
    session: Session = SessionFactory(capacity=50)
    make_sheets(session.module, fr="Écouter", nl="Luisteren", en="Listening")
    with translation.override("en"):
        return reverse("trainings:enrol", args=[session.reference])


@pytest.fixture
def office() -> Client:
    return Client(REMOTE_ADDR=OFFICE)


def answers(client: Client, url: str, number: int) -> dict[str, Any]:
    return {"name": "Camille Exemple", "email": f"colleague{number}@example.org", "language": "en", "started": started(client, url)}


def enrol_in_a_browser(client: Client, url: str, typed: dict[str, Any]) -> Any:
    """Sends the form; solves what it is asked, once."""
    answer = client.post(url, typed)
    if answer.status_code == 429 and (challenge := challenge_of(answer.content.decode())):
        answer = client.post(url, typed | {"proof": solved(challenge)})
    return answer


def use_half(client: Client, url: str) -> None:
    typed = answers(client, url, 0)
    client.post(url, typed)
    Attempt.objects.filter(scope="enrol").update(count=FREE)


def test_forty_colleagues_enrol_from_one_address_in_an_hour(office: Client, url: str) -> None:
    typed = answers(office, url, 0)
    sent = [enrol_in_a_browser(office, url, typed | {"email": f"colleague{number}@example.org"}) for number in range(40)]
    assert {answer.status_code for answer in sent} == {302}
    assert Enrolment.objects.count() == 40


def test_hundreds_of_robots_do_not(office: Client, url: str) -> None:
    """Those that solve nothing stop at the half, and leave the other half to people; those that solve everything, at the limit."""
    typed = answers(office, url, 0)
    for number in range(ROBOTS):
        office.post(url, typed | {"email": f"robot{number}@example.org"})
    assert Enrolment.objects.count() == FREE
    assert enrol_in_a_browser(office, url, answers(office, url, 1000)).status_code == 302
    Attempt.objects.filter(scope="enrol").update(count=LIMIT - 1)
    last, beyond = (enrol_in_a_browser(office, url, typed | {"email": f"clever{number}@example.org"}) for number in range(2))
    assert (last.status_code, beyond.status_code) == (302, 429)
    assert challenge_of(beyond.content.decode()) == "", "there is nothing to solve for"
    assert Enrolment.objects.count() == FREE + 2


@pytest.mark.control
def test_without_the_quota_every_robot_is_enrolled(office: Client, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "check_rate_limit", lambda **_kwargs: True)
    typed = answers(office, url, 0)
    for number in range(FREE + 5):
        office.post(url, typed | {"email": f"robot{number}@example.org"})
    assert Enrolment.objects.count() == FREE + 5


def test_below_the_half_nobody_sees_anything_of_it(office: Client, url: str) -> None:
    page = office.get(url).content.decode()
    assert "proof" not in page
    assert office.post(url, answers(office, url, 1)).status_code == 302


def test_the_form_that_asks_for_a_proof_keeps_what_was_typed_and_says_when(office: Client, url: str) -> None:
    use_half(office, url)
    with time_machine.travel("2026-11-24 09:00:10+01:00", tick=False):
        Attempt.objects.update(until="2026-11-24 09:50:00+01:00")
        asked = office.post(url, answers(office, url, 1))
    page = asked.content.decode()
    assert asked.status_code == 429
    assert asked["Retry-After"] == "60"
    assert 'value="colleague1@example.org"' in page
    assert "Please send yours again at 9.02: what you typed is still here." in page
    assert Enrolment.objects.count() == 1


def test_without_javascript_the_same_form_passes_a_minute_later_and_once(office: Client, url: str) -> None:
    with time_machine.travel("2026-11-24 09:00:00+01:00") as traveller:
        use_half(office, url)
        typed = answers(office, url, 1)
        ticket = ticket_of(office.post(url, typed).content.decode())
        early = office.post(url, typed | {"proof": ticket})
        assert early.status_code == 429
        assert ticket_of(early.content.decode()) == ticket, "the wait does not begin anew"
        traveller.shift(62)
        assert office.post(url, typed | {"proof": ticket}).status_code == 302
        again = office.post(url, typed | {"email": "other@example.org", "proof": ticket})
        assert again.status_code == 429
        assert Enrolment.objects.count() == 2


def test_another_office_is_not_asked_because_of_this_one(office: Client, url: str) -> None:
    use_half(office, url)
    elsewhere = Client(REMOTE_ADDR="198.51.100.4")
    assert elsewhere.post(url, answers(elsewhere, url, 1)).status_code == 302


def test_a_group_counts_its_people(office: Client, url: str) -> None:
    """Three colleagues in one form are three."""
    with translation.override("en"):
        group_url = reverse("trainings:enrol_colleagues", args=[url.rstrip("/").rpartition("/")[2]])
    colleagues = {f"{kind}_{number}": value for number in (1, 2) for kind, value in (("name", "Alex"), ("email", f"c{number}@example.org"))}
    typed = answers(office, group_url, 9) | {"takes_part": "on", "unnamed": "0", "mode": "as_many_as_fit"} | colleagues
    assert office.post(group_url, typed).status_code == 302
    assert Attempt.objects.get(scope="enrol-group").count == 3
    assert Attempt.objects.filter(scope="enrol-group-email").count() == 3, "each of them gets mails, and a limited number of them"
