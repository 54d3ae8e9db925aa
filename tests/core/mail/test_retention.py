"""Old mails are forgotten."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.models import OutgoingMail
from tests.core.mailing import write_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def mails() -> dict[str, OutgoingMail]:
    """Sent, failed and queued mails, on both sides of the limit of 90 days."""
    made = {}
    for age in (89, 91):
        for status in ("sent", "failed", "queued"):
            mail = write_mail(now=timezone.now() - datetime.timedelta(days=age))
            OutgoingMail.objects.filter(pk=mail.pk).update(status=status)
            made[f"{status} {age}"] = mail
    return made


def run(*options: str) -> str:
    """The duty of every night."""
    out = StringIO()
    call_command("run_duties", "--only", "prune_mails", *options, stdout=out)
    return out.getvalue()


def left(mails: dict[str, OutgoingMail]) -> set[str]:
    kept = set(OutgoingMail.objects.values_list("pk", flat=True))
    return {name for name, mail in mails.items() if mail.pk in kept}


def test_mails_are_forgotten_after_ninety_days_those_still_to_be_sent_excepted(mails: dict[str, OutgoingMail]) -> None:
    assert run() == "prune_mails: 2 mails\n"
    assert left(mails) == {"sent 89", "failed 89", "queued 89", "queued 91"}


def test_a_dry_run_only_counts(mails: dict[str, OutgoingMail]) -> None:
    assert run("--dry-run").startswith("prune_mails: 2 mails\n")
    assert len(left(mails)) == 6
