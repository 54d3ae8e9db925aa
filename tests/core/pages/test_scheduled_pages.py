"""A page appears at the moment its editor chose, and goes at the other one, by nobody's hand and without a cron line."""

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from core.duties.housekeeping import scheduled_pages
from core.duties.registry import DutyFailed
from core.duties.run import run_due
from core.models import Duty
from home.models import StandardPage
from tests.config.test_settings import PUBLIC
from tests.databases import new_database
from tests.home.factories import add_page

ROOT = Path(__file__).resolve().parents[3]
MINUTE = datetime.timedelta(minutes=1)


def scheduled(title: str, **moments: datetime.datetime) -> StandardPage:
    """A page an editor published with a moment to appear or to go."""
    page = add_page(StandardPage(title=title, live="go_live_at" not in moments, **moments))
    page.save_revision().publish()
    return page


@pytest.mark.django_db
class TestMoments:
    def test_readers_see_it_from_its_minute_on(self, client: Client) -> None:
        now = timezone.now()
        page = scheduled("Bientôt", go_live_at=now + 2 * MINUTE)
        run_due(now=now)
        assert client.get(page.url).status_code == 404
        with time_machine.travel(now + 3 * MINUTE):
            assert "publish_scheduled" in {result.name for result in run_due(now=timezone.now())}
            assert client.get(page.url).status_code == 200

    def test_and_no_longer_once_it_is_over(self, client: Client) -> None:
        now = timezone.now()
        page = scheduled("Encore", expire_at=now + 2 * MINUTE)
        run_due(now=now)
        assert client.get(page.url).status_code == 200
        with time_machine.travel(now + 3 * MINUTE):
            run_due(now=timezone.now())
            assert client.get(page.url).status_code == 404
        assert Duty.objects.get(name="publish_scheduled").last_outcome == {"pages published": 0, "pages expired": 1}

    def test_a_dry_run_only_counts(self) -> None:
        page = scheduled("Encore", expire_at=timezone.now() + MINUTE)
        later = timezone.now() + 2 * MINUTE
        assert scheduled_pages(now=later, dry_run=True) == {"pages published": 0, "pages expired": 1}
        page.refresh_from_db()
        assert page.live

    def test_one_that_cannot_be_published_keeps_no_other_waiting(self) -> None:
        now = timezone.now()
        broken, good = scheduled("A", go_live_at=now + MINUTE), scheduled("B", go_live_at=now + 2 * MINUTE)
        content = broken.latest_revision.content
        broken.latest_revision.content = content | {"locale": 987_654}  # a language that was removed meanwhile
        broken.latest_revision.save()
        with time_machine.travel(now + 3 * MINUTE), pytest.raises(DutyFailed, match="1 scheduled pages"):
            scheduled_pages(now=timezone.now(), dry_run=False)
        good.refresh_from_db()
        assert good.live


@pytest.mark.parametrize("name", ["demo", "production"])
def test_an_hour_later_the_worker_has_done_it(name: str, tmp_path: Path) -> None:
    """In the settings of the demo and of the public server, with the worker process itself. (On SQLite: tests/demo/test_run_demo.py)"""
    environment: dict[str, Any] = os.environ | (PUBLIC if name == "production" else {})
    environment |= {
        "DJANGO_SETTINGS_MODULE": f"config.settings.{name}",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": new_database("scheduled"),
    }
    command = [sys.executable, "-m", "tests.core.scheduled_pages"]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=240).stdout
    assert json.loads(told) == {
        "before": {"bientot": False, "encore": True},
        "after": {"bientot": True, "encore": False},
        "noted": {"publish_scheduled": True},
    }
