"""Two web processes count together."""

import datetime
import os
import subprocess
import sys

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from core.web.ratelimit import check_rate_limit
from tests.databases import url_of
from tests.serving import ROOT
from tests.trainings.factories import SessionFactory
from trainings.models import Enrolment

pytestmark = pytest.mark.slow

OFFICE = "192.0.2.7"
COUNTED, FREE, EACH = 22, 30, 6


def statuses_of_two_processes(url: str, *how: str) -> list[str]:
    """Both send EACH forms at the same time."""
    environment = os.environ | {
        "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{ROOT}/site:{ROOT}",
    }
    command = [sys.executable, "-m", "tests.trainings.enrolment.sending_process", url]
    processes = [
        subprocess.Popen([*command, first, str(EACH), *how], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for first in ("0", "100")
    ]
    return [status for process in processes for status in process.communicate(timeout=120)[0].split()]


@pytest.fixture
def url(committed: None) -> str:
    hour = datetime.timedelta(hours=1)
    check_rate_limit(scope="enrol", key=OFFICE, limit=FREE, period=hour, now=timezone.now(), cost=COUNTED)
    with translation.override("en"):
        return reverse("trainings:enrol", args=[SessionFactory(capacity=60).reference])


def test_what_one_process_counted_the_other_knows(url: str) -> None:
    statuses = statuses_of_two_processes(url)
    assert sorted(statuses) == ["302"] * (FREE - COUNTED) + ["429"] * (2 * EACH - FREE + COUNTED)
    assert Enrolment.objects.count() == FREE - COUNTED


@pytest.mark.control
def test_counted_in_memory_each_process_lets_everybody_pass(url: str) -> None:
    assert statuses_of_two_processes(url, "alone") == ["302"] * 2 * EACH
