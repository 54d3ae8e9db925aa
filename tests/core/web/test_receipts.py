"""Receipts of forms: signed, one kind apart from another, and read back as they were."""

from dataclasses import dataclass

import pytest
from django.core import signing

from core.web.receipts import SignedReceipt


@dataclass(frozen=True, slots=True)
class TicketReceipt(SignedReceipt):
    salt = "tests.ticket"

    reference: str
    count: int


@dataclass(frozen=True, slots=True)
class OtherReceipt(SignedReceipt):
    salt = "tests.other"

    reference: str
    count: int


def test_a_receipt_is_read_back() -> None:
    receipt = TicketReceipt(reference="ABCD2345", count=2)
    assert TicketReceipt.read(receipt.sign()) == receipt


def test_a_receipt_of_another_form_is_none_of_ours() -> None:
    assert OtherReceipt.read(TicketReceipt(reference="ABCD2345", count=2).sign()) is None


@pytest.mark.parametrize(
    "token",
    ["", "x", "a:b:c", signing.dumps(["ABCD2345"], salt="tests.ticket"), signing.dumps(3, salt="tests.ticket")],
    # A signature holds the second it was made in: two processes of tests would know the test by two names.
    ids=["nothing", "a letter", "three parts", "too few values", "a number"],
)
def test_what_we_did_not_sign_so_is_no_receipt(token: str) -> None:
    assert TicketReceipt.read(token) is None
