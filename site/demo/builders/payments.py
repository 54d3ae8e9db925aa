"""An invented payee, two payment requests and a file of an invented bank: one request is paid, one transfer waits in the work list."""

from django.utils import timezone

from core.models import Organisation
from trainings.models import AgreedPrice, Enrolment, PaymentRequest, PaymentSettings
from trainings.payment.bank.importing import import_bank_file
from trainings.payment.billing import Party
from trainings.payment.request import request_payment

# Valid by their digits, nobody's: the first is the example banks print.
OWN, PAYER = "BE71096123456769", "BE68539007547034"
PARTIES = (
    Party(
        name="Service d’exemple asbl",
        email="comptabilite.exemple@example.org",
        street="Chaussée de l’Exemple 45",
        postal_code="1030",
        city="Schaerbeek",
        purchaser_reference="BC-EXEMPLE-7",
    ),
    Party(
        payer="person",
        name="Sacha Exemple",
        email="sacha.exemple@example.org",
        street="Rue Inventée 1",
        postal_code="1000",
        city="Bruxelles",
    ),
)
HEADING = "Date comptable;Compte;Montant;Contrepartie;Compte contrepartie;Communication"


def build_payments() -> None:
    """As if somebody had filled in the settings, asked twice and brought a bank file."""
    PaymentSettings.objects.create(
        name="Association d’exemple asbl",
        postal_address="Rue de l’Exemple 12\n1000 Bruxelles",
        email="comptabilite@example.org",
        iban=OWN,
        reduced_for_fr="les personnes sans emploi (exemple)",
        reduced_for_nl="mensen zonder werk (voorbeeld)",
        reduced_for_en="people without a job (example)",
    )
    organisation = Organisation.objects.order_by("pk").last()
    if organisation:
        AgreedPrice.objects.create(organisation=organisation, percent=50, note="Exemple")
    requests = _ask()
    if requests:
        _bring_file(requests[0])


def _ask() -> list[PaymentRequest]:
    """For the first people of the next sessions that cost something."""
    rows = Enrolment.objects.confirmed().filter(session__module__price__gt=0, session__meetings__starts_at__gt=timezone.now())
    first = {enrolment.session_id: enrolment for enrolment in rows.order_by("-pk")}
    return [
        request_payment(enrolments=[enrolment], billed_party=party, language="fr", now=timezone.now())
        for enrolment, party in zip(list(first.values())[: len(PARTIES)], PARTIES, strict=False)
    ]


def _bring_file(paid: PaymentRequest) -> None:
    day, amount = f"{timezone.localdate():%d/%m/%Y}", f"{paid.total_cents / 100:.2f}".replace(".", ",")
    lines = (
        HEADING,
        f"{day};{OWN};{amount};Service d’exemple asbl;{PAYER};{paid.communication_label}",
        f"{day};{OWN};45,00;Lou Exemple;;formation exemple",
    )
    import_bank_file(content="\r\n".join(lines).encode("utf-8-sig"), filename="extraits-exemple.csv", now=timezone.now())
