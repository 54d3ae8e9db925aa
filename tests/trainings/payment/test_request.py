"""Somebody is asked to pay: what the request says, what it costs, how it is paid, and that it is asked for once."""

import base64
import datetime
import io

import pytest
import segno
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from stdnum.be import ogm_vcs

from core.merging.merge import merge_rows
from core.merging.registry import kind_of
from core.models import Organisation, OutgoingMail
from tests.core.factories import OrganisationFactory
from tests.trainings.factories import EnrolmentFactory
from tests.trainings.payment.factories import AgreedPriceFactory, CancellationTermsFactory, PaymentRequestFactory, PaymentSettingsFactory
from tests.trainings.payment.people import enrolled, party
from tests.trainings.test_documents import assert_is_accessible, words_of
from trainings.enums import SessionKind
from trainings.models import AgreedPrice, BillingDetails, CreditReason, Enrolment, PaymentRequest, PaymentSettings, Tier
from trainings.models.money import euros, read_cents
from trainings.payment.billing import keep_billing_details
from trainings.payment.credit import credit_lines
from trainings.payment.documents import credit_note_pdf, payment_request_pdf
from trainings.payment.qr import epc_svg
from trainings.payment.request import AmountLine, CannotRequest, WhyNot, request_payment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def settings_row() -> PaymentSettings:
    made: PaymentSettings = PaymentSettingsFactory()
    return made


def ask(*enrolments: Enrolment, language: str = "en", **fields: str) -> PaymentRequest:
    return request_payment(enrolments=enrolments, billed_party=party(**fields), language=language, now=timezone.now())


class TestAmounts:
    @pytest.mark.parametrize(
        ("typed", "cents"),
        [
            ("120", 12_000),
            ("120,5", 12_050),
            ("1.234,50", 123_450),
            ("1 234.50 €", 123_450),
            ("1.234", 123_400),
            ("-12,00", -1200),
            ("+7", 700),
        ],
    )
    def test_are_read_as_people_and_banks_write_them(self, typed: str, cents: int) -> None:
        assert read_cents(typed) == cents

    @pytest.mark.parametrize("typed", ["", "abc", "12,3,4,5", "NaN", "1e9", "٣", "1234.500", "99999999999999"])
    def test_what_is_none_is_refused(self, typed: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 (the text is what was typed)
            read_cents(typed)

    def test_are_written_with_cents_only_where_there_are_any(self) -> None:
        with translation.override("en"):
            assert (euros(12_000), euros(12_050), euros(123_400)) == ("120 €", "120.50 €", "1,234 €")


class TestPrices:
    def test_full_reduced_agreed_and_free(self) -> None:
        full = enrolled()
        assert ask(full).lines.get().amount_cents == 12_000
        reduced = enrolled(session__reduced_price_cents=6_050)
        keep_billing_details(enrolment=reduced, party=party(), claims_reduced=True, now=timezone.now())
        line = ask(reduced).lines.get()
        assert (line.amount_cents, line.tier) == (6_050, Tier.REDUCED)
        agreed = enrolled(organisation=AgreedPriceFactory(organisation=OrganisationFactory(), percent=25).organisation)
        line = ask(agreed).lines.get()
        assert (line.amount_cents, line.tier) == (3_000, Tier.AGREED)
        with pytest.raises(CannotRequest) as refusal:
            ask(enrolled(price=0))
        assert refusal.value.reason == WhyNot.NOTHING_DUE

    def test_a_session_may_have_a_price_of_its_own(self) -> None:
        assert ask(enrolled(session__price_cents=4_550)).total_cents == 4_550
        with pytest.raises(CannotRequest):
            ask(enrolled(session__price_cents=0))

    def test_a_team_is_asked_for_one_amount(self) -> None:
        member = enrolled(session__kind=SessionKind.IN_HOUSE_TRAINING)
        with pytest.raises(CannotRequest):
            ask(member)
        amount = AmountLine(description="Accompagner un deuil, en équipe", cents=45_000)
        request = request_payment(amounts=[amount], billed_party=party(), language="fr", now=timezone.now())
        assert (request.total_cents, request.lines.get().enrolment) == (45_000, None)

    def test_one_request_for_several_colleagues(self) -> None:
        first = enrolled()
        second = EnrolmentFactory(session=first.session)
        waiting = EnrolmentFactory(session=first.session, is_waiting=True)
        request = ask(first, second, waiting)
        assert request.total_cents == 24_000
        assert {line.enrolment for line in request.lines.all()} == {first, second}


class TestOnce:
    def test_an_enrolment_is_asked_for_once(self) -> None:
        enrolment = enrolled()
        ask(enrolment)
        with pytest.raises(CannotRequest) as refusal:
            ask(enrolment)
        assert refusal.value.reason == WhyNot.ASKED_ALREADY
        assert PaymentRequest.objects.count() == 1

    def test_nobody_is_asked_before_somebody_said_whom_to_pay(self) -> None:
        PaymentSettings.objects.update(iban="")
        with pytest.raises(CannotRequest) as refusal:
            ask(enrolled())
        assert refusal.value.reason == WhyNot.NOT_SET_UP

    def test_who_waits_is_asked_for_nothing(self) -> None:
        with pytest.raises(CannotRequest):
            ask(EnrolmentFactory(session=enrolled().session, is_waiting=True))

    def test_what_was_told_of_who_pays_is_kept_once(self) -> None:
        enrolment = enrolled()
        for name in ("Un service", "Un autre service"):
            keep_billing_details(enrolment=enrolment, party=party(name=name), now=timezone.now())
        assert BillingDetails.objects.get().name == "Un autre service"


class TestDocument:
    def test_it_is_frozen_as_it_was_sent(self) -> None:
        request = ask(enrolled())
        PaymentSettings.objects.update(name="Autre asbl", iban="BE68539007547034", days_to_pay=10)
        request.refresh_from_db()
        words = words_of(payment_request_pdf(request))
        assert "Exemple asbl" in words
        assert "BE71 0961 2345 6769" in words
        assert request.due_on == timezone.localdate() + datetime.timedelta(days=30)

    def test_the_terms_are_frozen_in_each_language(self) -> None:
        """Its document speaks the language of who pays; its page that of who reads."""
        terms = CancellationTermsFactory(steps={14: 50})
        request = ask(enrolled(language="fr"))
        terms.steps.all().delete()
        request.refresh_from_db()
        assert [" ".join(request.terms_in(language)).count("50") for language in ("fr", "nl", "en")] == [1, 1, 1]
        assert request.terms_in(request.language)[0].split(":")[0] in words_of(payment_request_pdf(request))
        [dutch] = {each for each in request.terms_in("nl") if "50" in each}
        with translation.override("nl"):
            page = reverse("trainings:payment", args=[request.token])
        assert escape(dutch) in Client().get(page).content.decode()
        request.terms = ["Annulation : 50 %."]
        assert request.terms_in("nl") == ["Annulation : 50 %."], "of a request made before"

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("en", ["Payment request 2", "To be paid by", "120 €", "Structured communication", "Your reference PO-77"]),
            ("fr", ["Demande de paiement 2", "À payer avant le", "120 €", "Communication structurée", "Votre référence PO-77"]),
            ("nl", ["Betalingsverzoek 2", "Te betalen tegen", "€ 120", "Gestructureerde mededeling", "Uw referentie PO-77"]),
        ],
    )
    def test_it_speaks_the_language_of_who_pays_and_is_accessible(self, language: str, words: list[str]) -> None:
        request = ask(enrolled(), language=language, purchaser_reference="PO-77")
        pdf = payment_request_pdf(request)
        shown = words_of(pdf)
        for each in [*words, request.communication_label, "Service d’exemple", f"/{language}/"]:
            assert each in shown, each
        assert_is_accessible(pdf, language, request.label, {"/H1", "/P", "/Table", "/TH", "/TD", "/Figure", "/Link"})

    def test_a_name_from_any_script_is_printed(self) -> None:
        assert "Łódź" in words_of(payment_request_pdf(ask(enrolled(name="王 Łódź #$[x]"))))

    def test_a_credit_note_is_a_document_too(self) -> None:
        request = ask(enrolled())
        note = credit_lines(request=request, amounts={request.lines.get().pk: 2_000}, reason=CreditReason.GOODWILL, now=timezone.now())
        pdf = credit_note_pdf(note)
        assert_is_accessible(pdf, "en", note.label, {"/H1", "/Table"})
        assert f"Credit note C{timezone.localdate().year}-0001" in words_of(pdf)


class TestTransfer:
    @pytest.mark.parametrize("sequence", [1, 12, 970, 12_345_678])
    def test_the_structured_communication_is_valid_by_its_remainder(self, sequence: int) -> None:
        request = PaymentRequestFactory(year=2031, sequence=sequence)
        assert ogm_vcs.is_valid(request.communication_label)
        assert int(request.communication[:10]) % 97 in {int(request.communication[10:]), 0}

    def test_each_has_its_own(self) -> None:
        assert len({PaymentRequestFactory(year=year, sequence=n).communication for year in (2030, 2031) for n in range(1, 30)}) == 58

    def test_the_code_says_what_the_standard_asks(self) -> None:
        """EPC069-12, version 2: eleven lines or fewer, error correction M. Drawn again from the words by hand, it is the same code."""
        request = ask(enrolled())
        text = "\n".join(
            ["BCD", "002", "1", "SCT", "GKCCBEBB", "Exemple asbl", "BE71096123456769", "EUR120.5", "", "", request.communication_label]
        )
        expected = segno.make_qr(text.encode(), error="m", boost_error=False, encoding="utf-8")
        written = io.BytesIO()
        expected.save(written, kind="svg", xmldecl=False, border=4, scale=4, dark="#000", light="#fff")
        assert epc_svg(request, cents=12_050) == written.getvalue().decode()
        assert epc_svg(request, cents=0) == ""


class TestMail:
    def test_it_says_what_the_document_says_and_carries_it(self) -> None:
        request = ask(enrolled(language="en"))
        mail = OutgoingMail.objects.get(to=request.email)
        assert mail.subject == f"Payment request {request.label}"
        for words in ("120 €", "BE71 0961 2345 6769", request.communication_label, "Please pay by"):
            assert words in mail.text
            assert words in mail.html
        [file] = mail.attachments
        assert (file["name"], file["type"]) == (f"smes-{request.label}.pdf", "application/pdf")
        assert base64.b64decode(file["content"]).startswith(b"%PDF")
        assert mail.reply_to == "accounts@example.org"

    def test_a_link_in_a_name_does_not_travel(self) -> None:
        request = ask(enrolled(name="Ana www.example.com"), name="http://evil.example.com asbl")
        mail = OutgoingMail.objects.get(to=request.email)
        assert "http://evil" not in mail.text
        assert "www.example" not in mail.text


class TestMerging:
    """Two organisations turn out to be one: one price holds."""

    @pytest.mark.parametrize(("kept_has_one", "percent"), [(True, 10), (False, 20)])
    def test_the_price_of_the_kept_one_counts(self, kept_has_one: bool, percent: int) -> None:
        kept, removed = OrganisationFactory.create_batch(2)
        AgreedPriceFactory(organisation=removed, percent=20)
        if kept_has_one:
            AgreedPriceFactory(organisation=kept, percent=10)
        merge_rows(kind_of(Organisation), keep=kept.pk, remove=removed.pk, now=timezone.now(), by=None)
        assert list(AgreedPrice.objects.values_list("organisation", "percent")) == [(kept.pk, percent)]
