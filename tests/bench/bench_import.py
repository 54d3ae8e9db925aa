"""`make bench`: a file of 5,000 subscribers, from the upload to the last row written."""

import time

import pytest
from django.utils import timezone

from newsletter.enums.subscribers import LineOutcome, SuppressionReason
from newsletter.subscribers.status import suppress
from tests.newsletter.imports import big_file, carry_out, outcomes, upload

LINES = 5_000
MOST = 30  # seconds


@pytest.mark.django_db
def bench_import(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(0, LINES, 20):
        suppress(f"left-{number}@example.org", SuppressionReason.UNSUBSCRIBED, now=timezone.now())
    begun = time.perf_counter()
    subscriber_import = carry_out(upload(big_file(LINES)))
    took = time.perf_counter() - begun
    with capsys.disabled():
        print(f"\n{LINES} lines of a file: {took:.1f} s. Bar: {MOST} s.")
    assert outcomes(subscriber_import) == {LineOutcome.NEW: 4250, LineOutcome.DUPLICATE: 500, LineOutcome.SUPPRESSED: 250}
    assert took < MOST
