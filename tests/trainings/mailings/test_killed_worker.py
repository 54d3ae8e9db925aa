"""Real processes and an axe: whoever sends is killed in the middle, another goes on, and each person has exactly one mail."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection

from core.models import OutgoingMail
from tests.databases import ROOT, committing, url_of
from tests.trainings.conftest import WRITTEN
from tests.trainings.factories import EnrolmentFactory
from tests.trainings.mailings.factories import MailRuleFactory
from tests.trainings.mailings.moments import at, session_on
from trainings.models import MailRule, RuleMail

pytestmark = pytest.mark.slow
PEOPLE = 15

SENDER = """
import sys
sys.path[:0] = ["site", "."]
import django; django.setup()
from datetime import datetime
from trainings.mailings.send import send_due_mails
send_due_mails(now=datetime.fromisoformat(sys.argv[1]))
"""

# Mails first, the note that they left when all are written: as one would without a ledger.
NOTES_AT_THE_END = """
import sys
sys.path[:0] = ["site", "."]
import django; django.setup()
from datetime import datetime
from django.db import transaction
from trainings.mailings.letters import letter_by_rule, send
from trainings.mailings.selectors import due_mails
from trainings.models import Enrolment, RuleMail
now = datetime.fromisoformat(sys.argv[1])
for due in due_mails(now=now):
    for pk in sorted(due.turns):
        with transaction.atomic():
            send(letter_by_rule(due.rule, Enrolment.objects.get(pk=pk), now=now), now=now)
    rows = [RuleMail(rule=due.rule, session=due.session, enrolment_id=pk, planned_at=now, left_at=now) for pk in due.turns]
    RuleMail.objects.bulk_create(rows)
"""


@pytest.fixture
def due(db: None) -> Iterator[None]:
    """A reminder that is due to fifteen people, seen by other processes."""
    with committing(RuleMail, MailRule, *WRITTEN):
        MailRuleFactory()
        EnrolmentFactory.create_batch(PEOPLE, session=session_on(3, 10), created_at=at(1, 5))
        yield


def start(script: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "tests.core.worker_settings",
        "SMTP_PORT": "1",
        "WORKER_SILENCE_SECONDS": "60",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    return subprocess.Popen([sys.executable, "-c", script, at(3, 8, 10).isoformat()], cwd=ROOT, env=environment)


def kill_in_the_middle(process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while OutgoingMail.objects.count() < PEOPLE // 3:
        assert time.monotonic() < deadline, "it does not begin"
        assert process.poll() is None, "it ended before it was killed"
        time.sleep(0.01)
    process.kill()
    process.wait(10)
    assert OutgoingMail.objects.count() < PEOPLE


def mails_a_person() -> Counter[int]:
    """How many people got how many mails."""
    return Counter(Counter(OutgoingMail.objects.values_list("to", flat=True)).values())


def test_each_person_gets_one_mail_whoever_is_killed(due: None) -> None:
    """Two send at once and one is killed; the other goes on."""
    first, second = start(SENDER), start(SENDER)
    kill_in_the_middle(first)
    assert second.wait(120) == 0
    assert mails_a_person() == {1: PEOPLE}
    assert RuleMail.objects.exclude(mail=None).count() == PEOPLE


@pytest.mark.control
def test_noted_at_the_end_people_get_it_twice(due: None) -> None:
    """The control: the same kill, and the second run writes again to those who had it."""
    kill_in_the_middle(start(NOTES_AT_THE_END))
    assert start(NOTES_AT_THE_END).wait(120) == 0
    assert mails_a_person()[2] >= PEOPLE // 3
