"""An import of a file of the bank that is killed at any point has written all of it or nothing; brought again, it counts nothing twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection

from tests.databases import committing, url_of
from tests.serving import ROOT
from tests.trainings.payment.bank_files import Paid, table
from tests.trainings.payment.factories import PaymentRequestFactory
from trainings.models import BankFile, BankFileLine, BankLine, Payment, PaymentRequest

pytestmark = pytest.mark.slow

KILLED = 100 if os.environ.get("KILLED_AT_SCALE") else 6
TRIES = 4 * KILLED  # an import may be over before the blow falls
UNDISTURBED = 3  # imports that tell how long one takes: the first, in a cold process, takes longer than those that are killed
LINES = 40  # of 10 € each
TIMEOUT = 60


class Importer:
    """A process that imports in children, so that Django starts once."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self.process, self.folder = process, folder

    def begin(self, request: PaymentRequest, *options: str) -> int:
        """The key of the process that imports what pays this request."""
        path = self.folder / f"{request.pk}.csv"
        path.write_bytes(table(*(Paid(1_000, request.communication_label, reference=f"R{number}") for number in range(LINES))))
        assert self.process.stdin
        self.process.stdin.write(" ".join([*options, f"{path}\n"]))
        self.process.stdin.flush()
        return self._answer()

    def end(self) -> int:
        """Its exit code: -9 of one that was killed."""
        return self._answer()

    def _answer(self) -> int:
        assert self.process.stdout
        return int(self.process.stdout.readline())


@pytest.fixture(scope="module")
def importer(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Importer]:
    settings = {"DATABASE_URL": url_of(connection.settings_dict["NAME"]), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.trainings.payment.bank_process"],
        cwd=ROOT,
        env=os.environ | settings | {"PYTHONPATH": "site"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield Importer(process, tmp_path_factory.mktemp("bank"))
    process.kill()
    process.communicate()


@pytest.fixture
def requests(db: None) -> Iterator[list[PaymentRequest]]:
    """One for each try to kill an import, and those of imports that are left alone."""
    with committing(Payment, BankFileLine, BankLine, BankFile, PaymentRequest):
        yield [PaymentRequestFactory(total_cents=LINES * 1_000) for _kill in range(TRIES + UNDISTURBED)]


def written(request: PaymentRequest) -> tuple[int, int, int]:
    """Transfers, lines of reports and payments of what pays this request."""
    transfers = BankLine.objects.filter(communication=request.communication_label)
    return transfers.count(), BankFileLine.objects.filter(transfer__in=transfers).count(), Payment.objects.filter(request=request).count()


def seconds_of_an_import(importer: Importer, request: PaymentRequest) -> float:
    importer.begin(request)
    begun = time.monotonic()
    assert importer.end() == 0
    return time.monotonic() - begun


def test_a_killed_import_applies_nothing_twice(requests: list[PaymentRequest], importer: Importer) -> None:
    dice, codes = random.Random(20261130), []
    seconds = [seconds_of_an_import(importer, request) for request in requests[:UNDISTURBED]]
    for request in requests[UNDISTURBED:]:
        if codes.count(-signal.SIGKILL) == KILLED:
            break
        child = importer.begin(request)
        time.sleep(dice.random() * min(seconds))
        with suppress(ProcessLookupError):  # it was quicker
            os.kill(child, signal.SIGKILL)
        codes.append(importer.end())
        assert written(request) in {(0, 0, 0), (LINES,) * 3}, "half of a file is written"
        importer.begin(request)
        assert importer.end() == 0
        assert written(request)[::2] == (LINES, LINES), "a transfer is lost, or counted twice"
        assert PaymentRequest.objects.with_balance().get(pk=request.pk).balance == 0
    assert codes.count(-signal.SIGKILL) == KILLED, "hardly any import was killed"


@pytest.mark.control
def test_without_the_one_transaction_half_of_a_file_is_written(requests: list[PaymentRequest], importer: Importer) -> None:
    child = importer.begin(requests[0], "line-by-line")
    deadline = time.monotonic() + TIMEOUT
    while not BankFileLine.objects.exists() and time.monotonic() < deadline:
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    assert importer.end() == -signal.SIGKILL
    transfers, _lines, _payments = written(requests[0])
    assert 0 < transfers < LINES
