"""A proof is good for one form, one network, ten minutes and one time."""

import base64
import datetime
import json

import pytest
import time_machine
from django.utils import timezone

from core.models import Attempt
from core.proof_of_work import challenge as challenges
from core.proof_of_work.admission import Quota
from core.proof_of_work.challenge import LIFETIME, Purpose, is_held_long_enough, is_solved, new_challenge, new_ticket
from tests.concurrency import run_concurrently
from tests.core.proof_of_work.solving import solved
from tests.databases import committing

pytestmark = pytest.mark.django_db

OURS = Purpose("enrol", "192.0.2.1")
RUBBISH = ["", "x", "e30=", "é", "W10=", base64.b64encode(b'{"challenge": 1, "solution": null}').decode(), "A" * 50_000]
NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(challenges, "ITERATIONS", 50)


def an_answer(purpose: Purpose = OURS) -> str:
    return solved(new_challenge(purpose, level=1, now=timezone.now()))


def test_a_solved_challenge_is_accepted_once() -> None:
    answer = an_answer()
    assert is_solved(answer, OURS, now=timezone.now())
    assert not is_solved(answer, OURS, now=timezone.now())


def test_of_two_processes_that_are_shown_one_answer_one_accepts_it() -> None:
    answer, now = an_answer(), timezone.now()
    with committing(Attempt):
        assert sorted(run_concurrently(*[lambda: is_solved(answer, OURS, now=now)] * 4)) == [False, False, False, True]


@pytest.mark.control
def test_without_the_note_of_what_was_used_one_answer_is_good_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(challenges, "use_once", lambda *_args, **_kwargs: True)
    answer = an_answer()
    assert [is_solved(answer, OURS, now=timezone.now()) for _time in range(3)] == [True] * 3


@pytest.mark.parametrize("other", [Purpose("contact", "192.0.2.1"), Purpose("enrol", "192.0.2.2")], ids=["another form", "another network"])
def test_it_is_good_for_nothing_else(other: Purpose) -> None:
    assert not is_solved(an_answer(), other, now=timezone.now())


def test_it_is_good_for_ten_minutes() -> None:
    with time_machine.travel(NOW, tick=False) as traveller:
        early, late = an_answer(), an_answer()
        traveller.shift(LIFETIME - datetime.timedelta(seconds=1))
        assert is_solved(early, OURS, now=timezone.now())
        traveller.shift(2)
        assert not is_solved(late, OURS, now=timezone.now())
    assert datetime.timedelta(minutes=10) >= LIFETIME


def test_the_note_of_a_used_answer_stays_as_long_as_the_answer_would_be_good() -> None:
    with time_machine.travel(NOW, tick=False):
        is_solved(an_answer(), OURS, now=timezone.now())
        assert Attempt.objects.get(scope="proof-of-work").until >= NOW + LIFETIME


def test_an_easier_challenge_cannot_be_made_of_ours() -> None:
    """Whoever takes work away breaks the signature."""
    challenge = json.loads(new_challenge(OURS, level=8, now=timezone.now()))
    challenge["parameters"] |= {"keyPrefix": "", "cost": 1}
    challenge["parameters"].pop("keySignature", None)
    assert not is_solved(solved(json.dumps(challenge)), OURS, now=timezone.now())


@pytest.mark.parametrize(
    "answer", RUBBISH, ids=["nothing", "a letter", "an empty object", "an accent", "a list", "wrong parts", "too long"]
)
def test_rubbish_is_no_answer(answer: str) -> None:
    assert not is_solved(answer, OURS, now=timezone.now())
    assert not is_held_long_enough(answer, OURS, now=timezone.now())


def test_a_ticket_is_good_after_its_wait_once_and_for_this_form_only() -> None:
    ticket = new_ticket(OURS, level=1, now=NOW)
    later = NOW + datetime.timedelta(seconds=61)
    assert not is_held_long_enough(ticket, OURS, now=NOW)
    assert not is_held_long_enough(ticket, Purpose("contact", OURS.network), now=later)
    assert not is_held_long_enough(ticket, OURS, now=NOW + datetime.timedelta(hours=2))
    assert is_held_long_enough(ticket, OURS, now=later)
    assert not is_held_long_enough(ticket, OURS, now=later)


def test_the_more_is_used_the_more_work_is_asked_for() -> None:
    quota = Quota(scope="enrol", limit=60, period=datetime.timedelta(hours=1))
    levels = [quota.level(count) for count in range(30, 60)]
    assert levels[0] == 1
    assert levels == sorted(levels)
    assert levels[-1] == 7
