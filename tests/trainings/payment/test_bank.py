"""A file of the bank: each transfer counts once, whatever its format; what is not certain becomes work, with a reason a line."""

import datetime

import pytest
from django.utils import timezone, translation

from core.imports.errors import CannotRead
from tests.concurrency import run_concurrently
from tests.databases import committing
from tests.trainings.payment.bank_files import DAY, OWN, Paid, camt, coda, table
from tests.trainings.payment.factories import BankLineFactory, PaymentRequestFactory
from trainings.models import BankFile, BankFileLine, BankFormat, BankLine, LineOutcome, Payment, PaymentRequest
from trainings.payment.bank import importing
from trainings.payment.bank.importing import import_bank_file
from trainings.payment.bank.lines import FileLine, Identified, identify
from trainings.payment.bank.matching import communications_in, suggestions
from trainings.payment.payments import NotSoMuch, note_payment, settle_transfer

pytestmark = pytest.mark.django_db

FORMATS = {"table": table, "camt": camt, "coda": coda}


def bring(content: bytes, name: str = "extraits.csv") -> BankFile:
    return import_bank_file(content=content, filename=name, now=timezone.now())


def report(bank_file: BankFile) -> list[str]:
    return list(bank_file.lines.values_list("outcome", flat=True))


def balance(request: PaymentRequest) -> int:
    return PaymentRequest.objects.with_balance().get(pk=request.pk).balance


@pytest.fixture
def request_row() -> PaymentRequest:
    """120 €."""
    made: PaymentRequest = PaymentRequestFactory()
    return made


class TestFormats:
    @pytest.mark.parametrize("kind", FORMATS)
    def test_each_tells_who_paid_what_when_and_for_what(self, request_row: PaymentRequest, kind: str) -> None:
        bank_file = bring(FORMATS[kind](Paid(12_000, request_row.communication_label), Paid(-5_000, "Loyer", "Propriétaire")))
        assert (bank_file.format, report(bank_file)) == (BankFormat(kind), ["paid", "outgoing"])
        transfer = BankLine.objects.get()
        assert (transfer.account, transfer.amount_cents, transfer.booked_on) == (OWN, 12_000, DAY)
        assert transfer.counterparty_account == "BE68539007547034"
        assert (Payment.objects.get().received_on, balance(request_row)) == (DAY, 0)
        assert bank_file.lines.get(outcome="outgoing").text == "", "whom Smes pays is not kept"

    def test_one_transfer_is_one_in_every_format(self, request_row: PaymentRequest) -> None:
        """Brought as CODA, then as camt.053 of two versions, then as CSV: half is paid, and half stays open."""
        paid = Paid(6_000, request_row.communication_label)
        files = [coda(paid), camt(paid), camt(paid, version="camt.053.001.08"), table(paid)]
        assert [report(bring(each)) for each in files] == [["partly"], ["duplicate"], ["duplicate"], ["duplicate"]]
        assert (Payment.objects.count(), balance(request_row)) == (1, 6_000)

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
    def test_any_encoding(self, encoding: str) -> None:
        bring(table(Paid(100, "Café à Liège", "Hélène"), encoding=encoding))
        assert BankLine.objects.get().communication == "Café à Liège"

    def test_several_transfers_in_one_booking(self, request_row: PaymentRequest) -> None:
        other = PaymentRequestFactory(total_cents=5_000)
        one, two = camt(Paid(12_000, request_row.communication_label)), camt(Paid(5_000, other.communication_label))
        detail = two.decode().partition("<TxDtls>")[2].partition("</TxDtls>")[0]
        amounts = "<AmtDtls><TxAmt><Amt Ccy='EUR'>{}</Amt></TxAmt></AmtDtls>"
        text = one.decode().replace('<Amt Ccy="EUR">120.00', '<Amt Ccy="EUR">170.00')
        text = text.replace("<TxDtls>", f"<TxDtls>{amounts.format('120.00')}")
        text = text.replace("</NtryDtls>", f"<TxDtls>{amounts.format('50.00')}{detail}</TxDtls></NtryDtls>")
        assert report(bring(text.encode())) == ["paid", "paid"]

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"<!DOCTYPE x [<!ENTITY a 'b'>]><Document/>", "damaged"),
            (b"<html></html>", "no bank statement"),
            (b"<Document", "damaged"),
            (coda(Paid(100)).replace(b"000000000001000", b"000000000009000", 1), "its records or its sums"),
            (b"a;b\n1;2", "names its columns"),
            (b"", "empty"),
            (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 32)) * 40, "table"),
        ],
        ids=["entities", "html", "cut", "sums", "columns", "empty", "picture"],
    )
    def test_what_is_no_bank_file_is_refused_whole(self, content: bytes, words: str) -> None:
        with translation.override("en"), pytest.raises(CannotRead, match=words):
            bring(content)
        assert not BankFile.objects.exists()


class TestMatching:
    @pytest.mark.parametrize(
        "words", ["+++010/8068/17183+++", "***010/8068/17183***", "010806817183", "Facture 010/8068/17183 merci", "010 8068 17183"]
    )
    def test_a_structured_communication_is_found_as_people_type_it(self, words: str) -> None:
        assert communications_in(words) == ["010806817183"]

    @pytest.mark.parametrize("words", ["010/8068/17180", "1010806817183", "0108068171834", "", "BE68 5390 0754 7034"])
    def test_a_wrong_remainder_or_a_longer_number_is_none(self, words: str) -> None:
        assert communications_in(words) == []

    def test_wrong_amounts(self, request_row: PaymentRequest) -> None:
        code = request_row.communication_label
        assert report(bring(table(Paid(5_000, code), Paid(8_000, code), Paid(1_000, code)))) == ["partly", "too_much", "already_paid"]
        assert balance(request_row) == 0, "never more than what was due"
        assert [row.rest for row in BankLine.objects.to_settle()] == [1_000, 1_000]

    def test_one_transfer_for_several_requests(self, request_row: PaymentRequest) -> None:
        other = PaymentRequestFactory(total_cents=5_000)
        words = f"{request_row.communication_label} et {other.communication_label}"
        assert report(bring(table(Paid(16_999, words)))) == ["unknown"]
        assert report(bring(table(Paid(17_000, words)))) == ["split"]
        assert (balance(request_row), balance(other)) == (0, 0)

    def test_the_number_in_the_text_counts_with_the_right_amount_only(self, request_row: PaymentRequest) -> None:
        words = f"Demande {request_row.label}"
        assert report(bring(table(Paid(11_999, words), Paid(12_000, words)))) == ["unknown", "paid"]

    def test_without_a_word_it_is_work_with_a_suggestion(self, request_row: PaymentRequest) -> None:
        PaymentRequestFactory(total_cents=9_900)
        assert report(bring(table(Paid(12_000, "merci")))) == ["unknown"]
        [transfer] = BankLine.objects.to_settle()
        assert suggestions(transfer) == [request_row]
        note_payment(request=request_row, cents=12_000, received_on=DAY, transfer=transfer, now=timezone.now())
        assert not BankLine.objects.to_settle().exists()

    def test_a_row_that_cannot_be_read_is_told_and_stops_nothing(self, request_row: PaymentRequest) -> None:
        content = table(Paid(100), Paid(12_000, request_row.communication_label)).decode().replace(";1,00;", ";un euro;")
        bank_file = bring(content.encode())
        assert report(bank_file) == ["unreadable", "paid"]
        assert "un euro" in bank_file.lines.first().text


class TestWork:
    def test_a_transfer_is_split_by_hand_and_never_beyond_its_amount(self, request_row: PaymentRequest) -> None:
        transfer, other = BankLineFactory(amount_cents=15_000), PaymentRequestFactory(total_cents=5_000)
        note_payment(request=request_row, cents=12_000, received_on=DAY, transfer=transfer, now=timezone.now())
        with pytest.raises(NotSoMuch):
            note_payment(request=other, cents=3_001, received_on=DAY, transfer=transfer, now=timezone.now())
        note_payment(request=other, cents=3_000, received_on=DAY, transfer=transfer, now=timezone.now())
        assert (balance(request_row), balance(other)) == (0, 2_000)

    def test_a_gift_leaves_the_list_with_its_reason(self) -> None:
        transfer = BankLineFactory()
        settle_transfer(transfer=transfer, note="don")
        assert not BankLine.objects.to_settle().exists()


class TestOnce:
    def test_the_same_file_and_an_overlapping_one_count_nothing_twice(self, request_row: PaymentRequest) -> None:
        first, second = Paid(3_000, request_row.communication_label), Paid(4_000, request_row.communication_label)
        third = Paid(1_000, request_row.communication_label, day=DAY + datetime.timedelta(days=1))
        assert report(bring(table(first, second))) == ["partly", "partly"]
        assert report(bring(table(first, second))) == ["duplicate", "duplicate"]
        assert report(bring(table(second, third))) == ["duplicate", "partly"]
        assert balance(request_row) == 4_000

    @pytest.mark.control
    def test_without_the_fingerprint_the_same_file_counts_twice(self, request_row: PaymentRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        count = iter(range(1000))

        def always_new(lines: list[FileLine]) -> list[Identified]:
            return [Identified(each.line, f"{next(count)}", each.is_twin, each.is_repeated) for each in identify(lines)]

        monkeypatch.setattr(importing, "identify", always_new)
        for _time in range(2):
            bring(table(Paid(3_000, request_row.communication_label)))
        assert balance(request_row) == 6_000

    def test_a_line_written_twice_counts_once_and_two_transfers_count_twice(self, request_row: PaymentRequest) -> None:
        code = request_row.communication_label
        lines = [Paid(3_000, code, reference=reference) for reference in ("A1", "A1", "A2")]
        assert report(bring(table(*lines))) == ["partly", "duplicate", "partly"]
        assert balance(request_row) == 6_000

    def test_twins_that_nothing_tells_apart_are_left_to_a_person(self, request_row: PaymentRequest) -> None:
        paid = Paid(3_000, request_row.communication_label)
        assert report(bring(table(paid, paid))) == ["partly", "twin"]
        assert report(bring(table(paid, paid))) == ["duplicate", "duplicate"]
        assert (balance(request_row), BankLine.objects.to_settle().count()) == (9_000, 1)

    def test_an_import_that_dies_between_two_lines_leaves_nothing_and_counts_once_afterwards(
        self, request_row: PaymentRequest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        content = table(*(Paid(cents, request_row.communication_label) for cents in (1_000, 2_000, 3_000)))
        with monkeypatch.context() as dying:
            dies_at(3, dying)
            with pytest.raises(KeyboardInterrupt):
                bring(content)
        assert [model.objects.count() for model in (BankFile, BankLine, BankFileLine, Payment)] == [0, 0, 0, 0]
        assert report(bring(content)) == ["partly"] * 3
        assert balance(request_row) == 6_000

    @pytest.mark.control
    def test_without_the_one_transaction_a_payment_is_lost(self, request_row: PaymentRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        """Killed between a transfer and its payment, line by line: brought again, the transfer is known and its payment never comes."""
        content = table(*(Paid(cents, request_row.communication_label) for cents in (1_000, 2_000, 3_000)))
        _format, lines, _how = importing._read(content)
        bank_file = BankFile.objects.create(filename="x", format=BankFormat.TABLE, created_at=timezone.now())
        with monkeypatch.context() as dying:
            dies_at(3, dying)
            with pytest.raises(KeyboardInterrupt):
                importing._apply(bank_file, lines, now=timezone.now(), by=None)
        assert report(bring(content)) == ["duplicate"] * 3
        assert balance(request_row) == 9_000

    def test_two_people_bring_the_same_file_at_once(self) -> None:
        with committing(BankFileLine, Payment, BankLine, BankFile, PaymentRequest):
            request = PaymentRequestFactory()
            content = table(*(Paid(cents, request.communication_label) for cents in (1_000, 2_000, 3_000)))
            files = run_concurrently(*[lambda: bring(content)] * 3)
            assert sorted(report(each)[0] for each in files) == ["duplicate", "duplicate", "partly"]
            assert balance(request) == 6_000


def dies_at(line: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is stopped after the transfer of that line is written, before its payment is."""
    write, numbers = importing._write_transfer, iter(range(1, 100))

    def write_and_die(*arguments: object) -> BankLine:
        transfer = write(*arguments)  # type: ignore[arg-type]
        if next(numbers) == line:
            raise KeyboardInterrupt
        return transfer

    monkeypatch.setattr(importing, "_write_transfer", write_and_die)


def test_a_file_of_500_lines_gives_the_right_report() -> None:
    """A mark of its encoding, Latin-1 letters, lines written twice, wrong amounts, payments in two parts, one for two requests."""
    requests = [PaymentRequestFactory(total_cents=10_000 + number) for number in range(260)]
    codes = [each.communication_label for each in requests]
    lines = [Paid(10_000 + number, codes[number], "Hélène Müller", reference=f"R{number}") for number in range(200)]
    lines += [Paid(10_000 + number, codes[number], "Hélène Müller", reference=f"R{number}") for number in range(50)]
    lines += [Paid(4_000, codes[number], reference=f"P{number}") for number in range(200, 220)]
    lines += [Paid(6_000 + number, codes[number], reference=f"Q{number}") for number in range(200, 220)]
    lines += [Paid(9_000, codes[number], reference=f"S{number}") for number in range(220, 230)]
    lines += [Paid(11_000, codes[number], reference=f"T{number}") for number in range(230, 240)]
    lines += [Paid(20_000 + 2 * n + 1, f"{codes[n]} {codes[n + 1]}", reference=f"U{n}") for n in range(240, 260, 2)]
    lines += [Paid(2_000 + number, "Don à l’asbl été", reference=f"V{number}") for number in range(100)]
    lines += [Paid(-1_000 - number, "Loyer", reference=f"W{number}") for number in range(79)]
    lines += [Paid(10_000, codes[0], reference="X")]
    assert len(lines) == 500
    expected = {"paid": 220, "duplicate": 50, "partly": 30, "too_much": 10, "split": 10, "unknown": 100, "outgoing": 79, "already_paid": 1}
    for encoding, is_first in (("cp1252", True), ("utf-8-sig", False)):
        found = report(bring(table(*lines, encoding=encoding)))
        counted = {outcome: found.count(outcome) for outcome in LineOutcome if outcome in found}
        assert counted == (expected if is_first else {"duplicate": 421, "outgoing": 79})
    assert sum(each.balance for each in PaymentRequest.objects.with_balance()) == sum(1_000 + number for number in range(220, 230))
    assert sum(each.rest for each in BankLine.objects.to_settle()) == sum(1_000 - n for n in range(230, 240)) + 100 * 2_000 + 4_950 + 10_000
