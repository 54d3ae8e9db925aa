"""A web process of its own: enrols people through the form, from one IP address, and prints the status of each answer.

`python -m tests.trainings.enrolment.sending_process URL FIRST COUNT [alone]`. The control `alone` counts in this process only, as a cache
in memory does.
"""

import sys
from collections import Counter
from typing import Any

import django

django.setup()

from django.test import Client  # noqa: E402 (the apps are needed first)

from core.proof_of_work import admission  # noqa: E402
from tests.trainings.forms import started  # noqa: E402


def count_alone() -> None:
    counted: Counter[str] = Counter()

    def check(*, key: str, limit: int, **_rest: Any) -> bool:
        counted[key] += 1
        return counted[key] <= limit

    admission.check_rate_limit = check


def main(url: str, first: str, count: str, how: str = "") -> None:
    if how == "alone":
        count_alone()
    client = Client(REMOTE_ADDR="192.0.2.7")
    typed = {"name": "Camille Exemple", "language": "en", "started": started(client, url)}
    for number in range(int(first), int(first) + int(count)):
        answer = client.post(url, typed | {"email": f"colleague{number}@example.org"})
        sys.stdout.write(f"{answer.status_code}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
