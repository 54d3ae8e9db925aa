"""Every mail about money, written to somebody."""

from django.utils import timezone

from core.models import OutgoingMail
from tests.trainings.payment.factories import CreditNoteFactory, PaymentLineFactory, PaymentRequestFactory
from trainings.models import PaymentRequest
from trainings.payment import mails

# Names and numbers, the same in every language.
NAMES = {"IBAN", "Exemple asbl", "Accueillir et écouter", "BE71 0961 2345 6769", "IBAN BE71 0961 2345 6769"}


def payment_mail(kind: str, language: str) -> OutgoingMail:
    """Of a request by a payee who gave no address of her own for questions: answers go where those of the site go."""
    request: PaymentRequest = PaymentRequestFactory(language=language)
    request.payee["email"] = ""
    PaymentLineFactory(request=request)
    match kind:
        case "payment_request":
            mail = mails.payment_request(request, now=timezone.now())
        case "payment_reminder":
            mail = mails.payment_reminder(request, cents=6_000, level=2, now=timezone.now())
        case _:
            mail = mails.credit_note(CreditNoteFactory(request=request), balance=-500, now=timezone.now())
    assert mail
    return mail
