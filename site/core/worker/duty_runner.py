"""The thread of a worker that runs the timed duties and watches over the site."""

import logging
import threading

from django.conf import settings
from django.db import connection

from core import clock
from core.duties.alert import alert_administrators
from core.duties.run import run_due
from core.health.watch import watch

logger = logging.getLogger(__name__)


class DutyRunner(threading.Thread):
    """Beside the worker's own thread, with a connection of its own: a page scheduled for ten o'clock does not wait for a long task."""

    def __init__(self) -> None:
        super().__init__(name="duties", daemon=True)
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                run_due(now=clock.now())
                alert_administrators(now=clock.now())
                watch(now=clock.now())
            except Exception:
                # The database restarts or is locked: the next look comes soon.
                logger.exception("The duties could not be looked at.")
            finally:
                connection.close()
            self.stopped.wait(settings.DUTIES_CHECK_SECONDS)

    def stop(self) -> None:
        """Ends the thread; waits a while for the duty under way. One that takes longer has its turn again."""
        self.stopped.set()
        self.join(timeout=10)
