"""Run as a program under the settings of the environment: two pages with a moment, and a worker whose clock is an hour ahead.

Prints what became of them. The worker is `manage.py run_worker` itself, in a process of its own.
"""

import datetime
import json
import subprocess
import sys
import time

import django
import time_machine

TIMEOUT = 90


def main() -> None:
    django.setup()
    from django.utils import timezone
    from wagtail.models import Locale, Page

    from core.models import Duty
    from home.models import StandardPage

    now = timezone.now()
    soon = now + datetime.timedelta(minutes=30)
    root, (locale, _created) = Page.objects.get(depth=1), Locale.objects.get_or_create(language_code="fr")
    coming = root.add_child(instance=StandardPage(title="Bientôt", slug="bientot", locale=locale, live=False, go_live_at=soon))
    going = root.add_child(instance=StandardPage(title="Encore", slug="encore", locale=locale, expire_at=soon))
    for page in (coming, going):
        page.save_revision().publish()

    def live() -> dict[str, bool]:
        return dict(Page.objects.filter(pk__in=[coming.pk, going.pk]).values_list("slug", "live"))

    told = {"before": live()}
    worker = subprocess.Popen([sys.executable, "-m", "tests.core.scheduled_pages", "worker"])
    try:
        deadline = time.monotonic() + TIMEOUT
        while live() != {"bientot": True, "encore": False} and time.monotonic() < deadline:
            time.sleep(0.3)
    finally:
        worker.terminate()
        try:
            worker.wait(30)
        finally:
            worker.kill()  # one that does not end must not keep the pipe open, and whoever reads from it waiting
    told["after"] = live()
    told["noted"] = {"publish_scheduled": Duty.objects.get(name="publish_scheduled").last_success_at > soon}
    json.dump(told, sys.stdout)


def work() -> None:
    """An hour later."""
    from django.core.management import execute_from_command_line

    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)):
        execute_from_command_line(["manage.py", "run_worker"])


if __name__ == "__main__":
    work() if sys.argv[1:] == ["worker"] else main()
