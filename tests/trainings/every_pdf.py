"""Every PDF of trainings, made of rows as they are met; of each the fullest kind."""

from collections.abc import Callable

from django.utils import timezone

from tests.trainings.factories import (
    CertificateFactory,
    EnrolmentFactory,
    MeetingFactory,
    ModuleFactory,
    SessionFactory,
    TrainerFactory,
    make_sheets,
)
from tests.trainings.payment.factories import CreditNoteFactory, PaymentLineFactory, PaymentRequestFactory
from tests.trainings.requests.stories import proposed
from trainings.attendance.documents import certificate_pdf, sign_in_sheet_pdf
from trainings.catalogue_years.freeze import draft_pdf
from trainings.models import CreditLine
from trainings.payment.documents import credit_note_pdf, payment_request_pdf
from trainings.requests.document import proposal_pdf
from trainings.requests.selectors import current_proposal


def certificate(language: str) -> bytes:
    return certificate_pdf(CertificateFactory(language=language, minutes=300))


def sign_in_sheet(language: str) -> bytes:
    session = SessionFactory(meetings=0, language=language)
    session.trainers.add(TrainerFactory())
    EnrolmentFactory.create_batch(30, session=session, organisation_name="Service d’exemple")
    return sign_in_sheet_pdf(MeetingFactory(session=session))


def payment_request(language: str) -> bytes:
    request = PaymentRequestFactory(language=language, purchaser_reference="BC-7", terms=["Annulation : 50 %."])
    PaymentLineFactory.create_batch(3, request=request)
    return payment_request_pdf(request)


def credit_note(language: str) -> bytes:
    note = CreditNoteFactory(request__language=language)
    CreditLine.objects.create(note=note, line=PaymentLineFactory(request=note.request), amount_cents=note.total_cents)
    return credit_note_pdf(note)


def proposal(language: str) -> bytes:
    latest = current_proposal(proposed(language=language, people=12))
    assert latest
    return proposal_pdf(latest, today=timezone.localdate())


def catalogue(language: str) -> bytes:
    for number in range(3):
        module = ModuleFactory(is_accredited=number == 0)
        for page in make_sheets(module, fr=f"Écouter {number}", nl=f"Luisteren {number}", en=f"Listening {number}").values():
            page.outcomes = "<p>Vous apprenez <b>l’essentiel</b>.</p><ul><li>un</li><li>deux</li></ul><ol><li>trois</li></ol>"
            page.method = "Des récits.\n\nDes exercices."
            page.save()
    session = SessionFactory(module=module)
    return draft_pdf(year=timezone.localtime(session.starts).year, language=language, now=timezone.now())


PDFS: dict[str, Callable[[str], bytes]] = {
    each.__name__: each for each in (certificate, sign_in_sheet, payment_request, credit_note, proposal, catalogue)
}
