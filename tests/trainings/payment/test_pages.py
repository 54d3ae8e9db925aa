"""Who pays, by when and how: said before the form, on the pages, in the mails; the pages behind the secret links."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.models import OutgoingMail
from tests.trainings.factories import EnrolmentFactory, EnrolmentGroupFactory, make_sheets
from tests.trainings.forms import send, started
from tests.trainings.mail import latest_mail
from tests.trainings.payment.factories import CancellationTermsFactory, PaymentSettingsFactory
from tests.trainings.payment.people import enrolled, party
from trainings.enrolment.enrol import EnrolmentData, enrol_participant
from trainings.models import Enrolment, EnrolmentGroup, Payment, PaymentRequest, PaymentSettings
from trainings.payment.follow_up import request_what_waits
from trainings.payment.payments import note_payment
from trainings.payment.request import request_payment

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, Any] = {
    "payer": "organisation",
    "name": "Service d’exemple",
    "email": "accounts@service.example.org",
    "street": "Rue de l’Exemple 12",
    "postal_code": "1000",
    "city": "Bruxelles",
}
HOW = "You or your organisation pay by bank transfer, within 30 days of the payment request."
TERMS = "If you cancel at least 14 days before the first day, nothing is due. Less than 14 days before: 50 % of the price."


@pytest.fixture(autouse=True)
def settings_row() -> PaymentSettings:
    CancellationTermsFactory(steps={14: 50})
    made: PaymentSettings = PaymentSettingsFactory(reduced_for_fr="les personnes sans emploi", reduced_for_en="people without a job")
    return made


@pytest.fixture
def enrolment() -> Enrolment:
    made = enrolled(session__reduced_price_cents=6_000)
    make_sheets(made.session.module, fr="Écouter", nl="Luisteren", en="Listening")
    return made


@pytest.fixture
def request_row(enrolment: Enrolment) -> PaymentRequest:
    return request_payment(enrolments=[enrolment], billed_party=party(), language="en", now=timezone.now())


def link(name: str, *arguments: object) -> str:
    with translation.override("en"):
        return reverse(f"trainings:{name}", args=arguments)


def page(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


class TestSaidBefore:
    def test_the_form_the_receipt_and_the_mail_say_price_payer_day_and_terms(self, client: Client, enrolment: Enrolment) -> None:
        session = enrolment.session
        shown = page(client, link("enrol", session.reference))
        for words in ("120 € a person", HOW, TERMS, "Reduced price: 60 €, for people without a job."):
            assert words in shown
        newcomer = EnrolmentData(name="Ana", email="ana@example.org", language="en")
        mail = latest_mail(enrol_participant(session_id=session.pk, person=newcomer, now=timezone.now()).enrolment)
        for text in (mail.text, mail.html):
            assert HOW in text
            assert "Say who pays" in text
        receipt = send(client, link("enrol", session.reference), name="Bo", email="bo@example.org", language="en")["Location"]
        assert "The link in the mail leads to a page for it." in page(client, receipt)

    def test_the_terms_are_those_of_the_day_she_enrolled(self, client: Client, enrolment: Enrolment) -> None:
        CancellationTermsFactory(in_force_from=timezone.localdate(), steps={30: 80})
        Enrolment.objects.update(created_at=timezone.now() - timezone.timedelta(days=2))
        assert "Less than 30 days before: 80 %" in page(client, link("enrol", enrolment.session.reference))
        shown = page(client, link("manage_enrolment", enrolment.token))
        assert TERMS in shown
        assert "80 %" not in shown

    def test_without_steps_nothing_is_due_before_the_first_day(self, client: Client, enrolment: Enrolment) -> None:
        CancellationTermsFactory(in_force_from=timezone.localdate())
        assert "If you cancel before the first day, nothing is due." in page(client, link("enrol", enrolment.session.reference))

    def test_until_somebody_says_whom_to_pay_the_site_asks_nobody(self, client: Client, enrolment: Enrolment) -> None:
        PaymentSettings.objects.all().delete()
        assert "You pay nothing on this site" in page(client, link("enrol", enrolment.session.reference))
        assert "Say who pays" not in page(client, link("manage_enrolment", enrolment.token))
        assert client.get(link("billing", enrolment.token)).status_code == 302


class TestWhoPays:
    def test_the_request_leaves_at_once(self, client: Client, enrolment: Enrolment) -> None:
        assert "Say who pays" in page(client, link("manage_enrolment", enrolment.token))
        answer = send(client, link("billing", enrolment.token), **ANSWERS, claims_reduced="on")
        request = PaymentRequest.objects.get()
        assert answer["Location"] == link("payment", request.token)
        assert (request.total_cents, request.name) == (6_000, "Service d’exemple")
        assert OutgoingMail.objects.filter(to="accounts@service.example.org", kind="trainings/mail/payment_request").count() == 1
        shown = page(client, link("manage_enrolment", enrolment.token))
        assert f"Payment request {request.label}" in shown

    def test_sent_twice_it_is_asked_for_once(self, client: Client, enrolment: Enrolment) -> None:
        url = link("billing", enrolment.token)
        stamp = started(client, url)
        for _time in range(2):
            answer = client.post(url, ANSWERS | {"started": stamp})
        assert answer["Location"] == link("payment", PaymentRequest.objects.get().token)
        assert PaymentRequest.objects.count() == 1

    def test_who_waits_tells_it_before(self, client: Client, enrolment: Enrolment) -> None:
        waiting = EnrolmentFactory(session=enrolment.session, is_waiting=True, language="en")
        assert send(client, link("billing", waiting.token), **ANSWERS)["Location"] == link("manage_enrolment", waiting.token)
        assert not PaymentRequest.objects.exists()
        assert "The payment request follows once you have a seat." in page(client, link("manage_enrolment", waiting.token))

    @pytest.mark.parametrize(
        ("field", "typed", "words"),
        [
            ("company_number", "0123.456.788", "This is no company or VAT number"),
            ("name", "www.example.com", "Please write this without a web address."),
            ("name", "---", "Please give a name in letters."),
            ("payer", "nobody", "Please choose one of the answers"),
            ("street", "", "Please fill in “Street and number”."),
        ],
    )
    def test_what_cannot_be_right_is_said(self, client: Client, enrolment: Enrolment, field: str, typed: str, words: str) -> None:
        answer = send(client, link("billing", enrolment.token), **(ANSWERS | {field: typed}))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not PaymentRequest.objects.exists()

    @pytest.mark.parametrize("number", ["BE0123.456.749", "0123456749", "NL004495445B01"])
    def test_numbers_of_the_union_are_taken(self, client: Client, enrolment: Enrolment, number: str) -> None:
        assert send(client, link("billing", enrolment.token), **ANSWERS, company_number=number).status_code == 302


class TestColleagues:
    """Somebody enrols colleagues: she is asked once who pays for all."""

    @pytest.fixture
    def group(self, enrolment: Enrolment) -> EnrolmentGroup:
        made: EnrolmentGroup = EnrolmentGroupFactory(session=enrolment.session, place=False, language="en")
        enrolment.group = made
        enrolment.save()
        EnrolmentFactory(session=enrolment.session, group=made, language="en")
        EnrolmentFactory(session=enrolment.session, group=made, is_waiting=True, language="en")
        return made

    def test_one_request_for_all_who_have_a_seat_and_one_later(self, client: Client, group: EnrolmentGroup) -> None:
        assert "Tell us once who gets the payment request" in page(client, link("group", group.token))
        send(client, link("group_billing", group.token), **ANSWERS)
        first = PaymentRequest.objects.get()
        assert (first.total_cents, first.lines.count()) == (24_000, 2)
        shown = page(client, link("group", group.token))
        assert f"Payment request {first.label}" in shown
        assert "The payment request follows once you have a seat." in shown
        Enrolment.objects.filter(status="waiting").update(status="confirmed")
        assert request_what_waits(now=timezone.now()) == 1
        assert PaymentRequest.objects.exclude(pk=first.pk).get().total_cents == 12_000
        assert client.get(link("group_billing", group.token)).status_code == 302, "nothing is left to ask"

    def test_her_colleagues_are_not_asked(self, client: Client, enrolment: Enrolment, group: EnrolmentGroup) -> None:
        assert "Say who pays" not in page(client, link("manage_enrolment", enrolment.token))


class TestPaymentPage:
    def test_it_says_what_is_open_and_how_to_pay_it(self, client: Client, request_row: PaymentRequest) -> None:
        shown = page(client, link("payment", request_row.token))
        for words in ("120 € · open", "to be paid by", "BE71 0961 2345 6769", request_row.communication_label, "<svg", TERMS):
            assert words in shown
        note_payment(request=request_row, cents=2_000, received_on=timezone.localdate(), now=timezone.now())
        assert "120 € · 100 € open" in page(client, link("payment", request_row.token))
        note_payment(request=request_row, cents=10_000, received_on=timezone.localdate(), now=timezone.now())
        shown = page(client, link("payment", request_row.token))
        assert "120 € · paid" in shown
        assert "IBAN" not in shown

    def test_the_documents(self, client: Client, request_row: PaymentRequest) -> None:
        answer = client.get(link("payment_pdf", request_row.token))
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert client.get(link("credit_note_pdf", request_row.token, 1)).status_code == 404

    def test_the_purchaser_adds_her_reference_until_it_is_paid(self, client: Client, request_row: PaymentRequest) -> None:
        url = link("purchaser_reference", request_row.token)
        assert send(client, url, purchaser_reference="PO-2027-77").status_code == 302
        assert "PO-2027-77" in page(client, link("payment", request_row.token))
        note_payment(request=request_row, cents=12_000, received_on=timezone.localdate(), now=timezone.now())
        send(client, url, purchaser_reference="PO-other") if client.get(url).status_code == 200 else client.post(url)
        request_row.refresh_from_db()
        assert request_row.purchaser_reference == "PO-2027-77"

    @pytest.mark.parametrize("name", ["payment", "purchaser_reference", "payment_pdf", "billing"])
    def test_every_page_is_kept_from_caches_and_search_engines(
        self, client: Client, enrolment: Enrolment, request_row: PaymentRequest, name: str
    ) -> None:
        answer = client.get(link(name, enrolment.token if name == "billing" else request_row.token))
        assert answer["Cache-Control"] == "no-store, private"
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "same-origin"
        assert client.get(link(name, "x" * 43)).status_code == 404

    def test_looking_changes_nothing(self, client: Client, request_row: PaymentRequest) -> None:
        before = (PaymentRequest.objects.values().get(), OutgoingMail.objects.count())
        for name in ("payment", "purchaser_reference", "payment_pdf"):
            client.get(link(name, request_row.token))
        assert before == (PaymentRequest.objects.values().get(), OutgoingMail.objects.count())
        assert not Payment.objects.exists()
