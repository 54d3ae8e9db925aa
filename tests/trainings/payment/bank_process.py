"""A process that imports files of the bank, each in a child of its own that may be killed. Run by test_killed_import.py.

Reads the path of a file a line; answers with the key of the child, and with its exit code once it has ended. A word before the path
takes the transaction away.
"""

import os
import sys
from contextlib import nullcontext
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402 (Django is set up first)
from django.db.models import QuerySet  # noqa: E402
from django.utils import timezone  # noqa: E402

from trainings.payment.bank.importing import import_bank_file  # noqa: E402


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def write_line_by_line() -> None:
    """Each statement counts at once."""
    transaction.atomic = nullcontext  # type: ignore[assignment]
    QuerySet.select_for_update = lambda rows, **_options: rows  # type: ignore[method-assign] (refused outside of a transaction)


for line in sys.stdin:
    *options, name = line.split()
    child = os.fork()
    if not child:
        if options:
            write_line_by_line()
        import_bank_file(content=Path(name).read_bytes(), filename=Path(name).name, now=timezone.now())
        os._exit(0)
    say(child)
    _child, status = os.waitpid(child, 0)
    say(os.waitstatus_to_exitcode(status))
