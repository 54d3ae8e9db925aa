"""Money in the admin: who may do what, and the ways of a payment request, a bank file and its work list."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.models import OutgoingMail
from tests.core.people import browser_of, member
from tests.crawl.endpoints import is_refused
from tests.html import text
from tests.trainings.backoffice.session_form import form_data, save
from tests.trainings.payment.bank_files import Paid, table
from tests.trainings.payment.factories import (
    AgreedPriceFactory,
    BankFileFactory,
    BankLineFactory,
    CancellationTermsFactory,
    CreditNoteFactory,
    PaymentLineFactory,
    PaymentRequestFactory,
    PaymentSettingsFactory,
)
from tests.trainings.payment.people import enrolled, party
from tests.versions import version_of
from trainings.models import BankFile, BankLine, CancellationTerms, CreditNote, Payment, PaymentRequest, PaymentSettings, Session
from trainings.payment.journal import entries, journal_csv
from trainings.payment.payments import note_payment
from trainings.payment.request import request_payment

pytestmark = pytest.mark.django_db

SPACES = {"requests", "transfers", "bank_files", "agreed_prices", "cancellation_terms", "backoffice"}
WHO = {
    "payer": "organisation",
    "name": "Service",
    "email": "pay@service.example.org",
    "street": "Rue 1",
    "postal_code": "1000",
    "city": "Bruxelles",
}


@pytest.fixture
def accounts(db: None) -> Client:
    return browser_of(member("Accounts"))


@pytest.fixture
def request_row() -> PaymentRequest:
    """120 € for one person."""
    PaymentSettingsFactory()
    return request_payment(enrolments=[enrolled()], billed_party=party(), language="en", now=timezone.now())


def screens() -> list[str]:
    """Every named URL of the payments."""
    found = []
    for space in SPACES:
        _prefix, resolver = get_resolver().namespace_dict[f"payments_{space}"]
        found += [f"payments_{space}:{name}" for name in resolver.reverse_dict if isinstance(name, str)]
    return sorted(found)


def urls() -> dict[str, str]:
    """Each with the key of a row that exists."""
    request, transfer, file = PaymentRequestFactory(), BankLineFactory(), BankFileFactory()
    PaymentLineFactory(request=request)
    keys = {
        "payments_requests": request.pk,
        "payments_transfers": transfer.pk,
        "payments_bank_files": file.pk,
        "payments_agreed_prices": AgreedPriceFactory().pk,
        "payments_cancellation_terms": CancellationTermsFactory().pk,
    }
    found = {}
    for name in screens():
        space, _, view = name.partition(":")
        key = keys.get(space, transfer.pk if "transfer" in view else request.pk)
        key = CreditNoteFactory(request=request).pk if view == "credit_note_pdf" else key
        try:
            found[name] = reverse(name)
        except NoReverseMatch:
            found[name] = reverse(name, args=[key])
    return found


class TestRights:
    def test_a_trainer_sees_nothing_of_it(self, as_trainer: Client) -> None:
        assert [name for name, url in urls().items() if not (is_refused(as_trainer, url) and is_refused(as_trainer, url, "post"))] == []

    def test_a_coordinator_sees_requests_and_terms_and_nothing_of_the_bank(self, coordinator: Client) -> None:
        let_in = {name for name, url in urls().items() if not is_refused(coordinator, url)}
        assert {"payments_requests:index", "payments_requests:inspect", "payments_backoffice:request_amount"} <= let_in
        closed = ("note_payment", "credit_payment_request", "payment_settings", "bring_bank_file", "allocate_transfer", "settle_transfer")
        assert not {f"payments_backoffice:{name}" for name in closed} & let_in
        assert not {name for name in let_in if name.startswith(("payments_transfers", "payments_bank_files"))}
        assert {"payments_cancellation_terms:add", "payments_agreed_prices:edit"} & let_in == set()

    def test_accounts_see_all_of_it_and_no_enrolment(self, accounts: Client) -> None:
        found = urls()
        before = [model.objects.count() for model in (Payment, CreditNote, OutgoingMail, BankFile)]
        assert [name for name, url in found.items() if is_refused(accounts, url) and not name.endswith(("delete", "edit"))] == []
        assert before == [model.objects.count() for model in (Payment, CreditNote, OutgoingMail, BankFile)], "looking changes nothing"
        assert is_refused(accounts, reverse("trainings_enrolments:index"))
        assert is_refused(accounts, reverse("trainings_participants:index"))

    def test_terms_are_added_and_never_changed(self, accounts: Client) -> None:
        with pytest.raises(NoReverseMatch):
            reverse("payments_cancellation_terms:edit", args=[1])
        url = reverse("payments_cancellation_terms:add")
        steps = {"steps-TOTAL_FORMS": 1, "steps-INITIAL_FORMS": 0, "steps-MIN_NUM_FORMS": 0, "steps-MAX_NUM_FORMS": 1000}
        step = {"steps-0-days_before": 14, "steps-0-percent": 50, "steps-0-ORDER": 1}
        today, tomorrow = timezone.localdate(), timezone.localdate() + datetime.timedelta(days=1)
        refused = accounts.post(url, steps | step | {"in_force_from": today.isoformat()})
        assert "keeps the terms she read" in refused.content.decode()
        accounts.post(url, steps | step | {"in_force_from": tomorrow.isoformat()})
        assert CancellationTerms.objects.get().steps.get().percent == 50


class TestRequests:
    def test_it_is_asked_for_by_phone(self, coordinator: Client) -> None:
        PaymentSettingsFactory()
        enrolment = enrolled()
        url = reverse("trainings_backoffice:request_payment", args=[enrolment.pk])
        assert "Due: 120 €." in coordinator.get(url).content.decode()
        coordinator.post(url, WHO | {"language": "fr"})
        assert PaymentRequest.objects.get().lines.get().enrolment == enrolment
        again = coordinator.post(url, WHO | {"language": "fr"})
        assert "This was asked for already." in again.content.decode()

    def test_an_amount_for_a_team(self, coordinator: Client) -> None:
        PaymentSettingsFactory()
        url = reverse("payments_backoffice:request_amount")
        answers = WHO | {"language": "nl", "description": "Vorming voor een team", "amount": "1.450,50"}
        shown = coordinator.post(url, answers, follow=True).content.decode()
        assert PaymentRequest.objects.get().total_cents == 145_050
        assert "The payment request is sent." in shown

    def test_without_settings_it_says_what_is_missing(self, coordinator: Client) -> None:
        url = reverse("trainings_backoffice:request_payment", args=[enrolled().pk])
        assert "the name and the IBAN of the payee are missing" in coordinator.get(url).content.decode()
        assert coordinator.post(url, WHO | {"language": "fr"}).status_code == 422

    def test_a_payment_by_hand_then_a_credit_note(self, accounts: Client, request_row: PaymentRequest) -> None:
        note = reverse("payments_backoffice:note_payment", args=[request_row.pk])
        today = timezone.localdate()
        assert "This day is still to come." in accounts.post(note, {"amount": "1", "received_on": "2099-01-01"}).content.decode()
        assert "Write an amount in euros" in accounts.post(note, {"amount": "douze", "received_on": today}).content.decode()
        accounts.post(note, {"amount": "20,00", "received_on": today, "note": "au guichet"})
        line = request_row.lines.get()
        credit = reverse("payments_backoffice:credit_payment_request", args=[request_row.pk])
        assert accounts.post(credit, {f"line_{line.pk}": "120,01", "reason": "goodwill"}).status_code == 422
        accounts.post(credit, {f"line_{line.pk}": "100", "reason": "goodwill"})
        shown = accounts.get(reverse("payments_requests:inspect", args=[request_row.pk])).content.decode()
        for words in ("au guichet", "By agreement.", "paid", f"C{today.year}-0001"):
            assert words in shown

    def test_the_mail_is_sent_again(self, coordinator: Client, request_row: PaymentRequest) -> None:
        coordinator.post(reverse("payments_backoffice:resend_payment_request", args=[request_row.pk]))
        assert OutgoingMail.objects.filter(to=request_row.email).count() == 2

    @pytest.mark.parametrize(("standing", "count"), [("open", 2), ("overdue", 1), ("partly", 1), ("paid", 1), ("back", 0)])
    def test_the_listing_is_filtered_by_where_requests_stand(self, accounts: Client, standing: str, count: int) -> None:
        today = timezone.localdate()
        late, paid, partly = (
            PaymentRequestFactory(due_on=today - datetime.timedelta(days=1)),
            PaymentRequestFactory(),
            PaymentRequestFactory(),
        )
        for request, cents in ((paid, 12_000), (partly, 1_000)):
            note_payment(request=request, cents=cents, received_on=today, now=timezone.now())
        shown = accounts.get(reverse("payments_requests:index_results"), {"standing": standing}).content.decode()
        assert sum(each.label in shown for each in (late, paid, partly)) == count

    def test_the_listing_costs_the_same_at_any_size(self, accounts: Client) -> None:
        counts = []
        for more in (3, 40):
            PaymentRequestFactory.create_batch(more)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert accounts.get(reverse("payments_requests:index")).status_code == 200
            counts.append(len(queries))
        assert counts[1] <= min(counts[0] + 1, 45)


class TestSettings:
    def test_whom_to_pay_is_kept_once(self, accounts: Client) -> None:
        url = reverse("payments_backoffice:payment_settings")
        answers = {"name": "Exemple asbl", "iban": "BE71 0961 2345 6769", "days_to_pay": 30, "first_reminder": 7, "second_reminder": 21}
        for change, words in (({"iban": "BE71 0961 2345 6768"}, "This is no IBAN"), ({"second_reminder": 7}, "comes after the first")):
            assert words in accounts.post(url, answers | change).content.decode()
        for _time in range(2):
            assert accounts.post(url, answers).status_code == 302
        assert PaymentSettings.objects.get().can_ask

    def test_a_session_has_prices_in_euros(self, coordinator: Client) -> None:
        session = enrolled().session
        url = reverse("trainings_sessions:edit", args=[session.pk])
        assert (
            "higher than the price: 120 €"
            in coordinator.post(url, form_data(session, reduced_price_cents="120,01") | version_of(coordinator, url)).content.decode()
        )
        save(coordinator, session, price_cents="95,50", reduced_price_cents="40")
        assert Session.objects.values_list("price_cents", "reduced_price_cents").get(pk=session.pk) == (9_550, 4_000)
        assert 'value="95.50"' in coordinator.get(url).content.decode()


class TestBank:
    def bring(self, accounts: Client, content: bytes) -> str:
        file = SimpleUploadedFile("extraits.csv", content)
        return str(accounts.post(reverse("payments_backoffice:bring_bank_file"), {"file": file}, follow=True).content.decode())

    def test_from_a_file_to_an_empty_work_list(self, accounts: Client, request_row: PaymentRequest) -> None:
        shown = self.bring(accounts, table(Paid(3_000, request_row.communication_label), Paid(9_000, "merci", "Ana"), Paid(500, "don")))
        for words in ("paid in part", "no request found", "2 lines need somebody to look at them."):
            assert words in shown
        work = accounts.get(reverse("payments_transfers:index_results"), {"work": "to_settle"}).content.decode()
        assert "Ana" in work
        thanks, gift = BankLine.objects.get(communication="merci"), BankLine.objects.get(communication="don")
        allocate = reverse("payments_backoffice:allocate_transfer", args=[thanks.pk])
        its_page = accounts.get(reverse("payments_transfers:inspect", args=[thanks.pk])).content.decode()
        assert text(its_page, ".smes-next a") == "Say which request it pays"
        assert f'value="{request_row.pk}" selected' in accounts.get(allocate).content.decode(), "suggested by its amount"
        assert accounts.post(allocate, {"request": request_row.pk, "amount": "90,01"}).status_code == 422
        accounts.post(allocate, {"request": request_row.pk, "amount": "90"})
        accounts.post(reverse("payments_backoffice:settle_transfer", args=[gift.pk]), {"note": "un don"})
        assert not BankLine.objects.to_settle().exists()
        assert PaymentRequest.objects.with_balance().get(pk=request_row.pk).balance == 0

    def test_what_is_no_bank_file_is_said(self, accounts: Client) -> None:
        assert "names its columns" in self.bring(accounts, b"a;b\n1;2")


class TestJournal:
    def test_every_document_and_payment_of_the_period_without_a_formula(self, accounts: Client, request_row: PaymentRequest) -> None:
        today = timezone.localdate()
        PaymentRequest.objects.update(name="=1+1", purchaser_reference="@SUM(A1)")
        note_payment(request=request_row, cents=2_050, received_on=today, now=timezone.now(), note="+cmd")
        PaymentRequestFactory(issued_at=timezone.now() - datetime.timedelta(days=400))
        url, period = reverse("payments_backoffice:journal"), {"first": today.isoformat(), "last": today.isoformat()}
        answer = accounts.post(url, period | {"format": "csv"})
        text = answer.content.decode("utf-8-sig")
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert text.count("\r\n") == 3
        for cell in ("'=1+1", "'@SUM(A1)", "'+cmd", "-20,50", "120,00"):
            assert f'"{cell}"' in text
        book = load_workbook(io.BytesIO(accounts.post(url, period | {"format": "xlsx"}).content))
        cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
        assert {cell.data_type for cell in cells} <= {"inlineStr", "s", "n", "d"}
        assert {120, -20.5} <= {cell.value for cell in cells}

    @pytest.mark.control
    def test_without_the_mark_a_formula_would_stand_there(self, request_row: PaymentRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        PaymentRequest.objects.update(name="=1+1")
        monkeypatch.setattr("trainings.payment.journal.as_text", str)
        today = timezone.localdate()
        assert b'"=1+1"' in journal_csv(entries(first=today, last=today))
