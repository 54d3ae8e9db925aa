"""Waiting for a database that restarts, where giving up would cost more."""

import logging
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

logger = logging.getLogger(__name__)
SECONDS = 90.0


def retry_while_database_is_down[T](step: Callable[[], T], what: str) -> T:
    """What `step` returns; while the database is away, it is tried again for so many seconds. `what` is named in the log.

    A step must change nothing when it is done twice. Raises OperationalError or InterfaceError in the end; at once inside a transaction.
    """
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            return step()
        except (OperationalError, InterfaceError):
            if time.monotonic() > deadline or connection.in_atomic_block:
                raise
            logger.warning("The database is away; %s waits for it.", what)
            connection.close()
            time.sleep(0.5)
