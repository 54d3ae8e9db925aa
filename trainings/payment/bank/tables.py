"""CSV and XLSX that a bank's site offers, read by `core.imports`: any delimiter, alphabet and order of columns."""

import datetime
import re

from django.utils.translation import gettext as _

from core.imports.headings import aliases
from core.imports.table import Layout, TableRow, read_table
from trainings.models.money import read_cents
from trainings.payment.bank.lines import FileLine

COLUMNS = {
    "date": (
        "Date comptable", "Date de comptabilisation", "Date d'exécution", "Date de l'opération", "Date opération", "Boekingsdatum",
        "Uitvoeringsdatum", "Datum verrichting", "Datum", "Booking date", "Execution date", "Day", "Jour", "Dag",
    ),
    "amount": ("Montant", "Bedrag", "Amount", "Montant en EUR", "Bedrag in EUR"),
    "account": ("Compte", "Numéro de compte", "Mon compte", "Rekening", "Rekeningnummer", "Account", "Account number", "IBAN"),
    "name": (
        "Contrepartie", "Nom de la contrepartie", "Nom contrepartie", "Nom contrepartie contient", "Donneur d'ordre", "Tegenpartij",
        "Naam tegenpartij", "Naam tegenpartij bevat", "Counterparty", "Counterparty name", "From",
    ),
    "from_account": (
        "Compte contrepartie", "Compte de la contrepartie", "Numéro de compte contrepartie", "Rekening tegenpartij",
        "Rekeningnummer tegenpartij", "Counterparty account", "From account",
    ),
    "structured": ("Communication structurée", "Gestructureerde mededeling", "Structured communication", "Structured reference"),
    "words": (
        "Communication", "Communications", "Communication libre", "Mededeling", "Mededelingen", "Vrije mededeling", "Libellé", "Détails",
        "Details", "Omschrijving", "Free-format reference", "Reference text",
    ),
    "bank_reference": (
        "Référence", "Référence banque", "Référence de l'opération", "Numéro de l'opération", "Numéro d'opération", "Referentie",
        "Referentie bank", "Transactiereferentie", "Bank reference", "Transaction reference", "Entry reference",
    ),
}  # fmt: skip
LAYOUT = Layout(known=aliases(COLUMNS), required=("date", "amount"), example="Date comptable, Montant, Communication, Contrepartie")
WRITTEN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")


def read_bank_table(content: bytes) -> tuple[list[FileLine], str]:
    """Its rows, and how it is written. A row that cannot be read is told as such. Raises CannotRead."""
    table = read_table(content, LAYOUT)
    return [_line(row) for row in table.rows], table.written_as


def _line(row: TableRow) -> FileLine:
    values = {name: " ".join(text.split()) for name, text in row.values.items()}
    day = read_day(values["date"])
    try:
        cents = read_cents(values["amount"])
    except ValueError:
        cents = 0
    problem = ""
    if day is None:
        problem = _("“%(text)s” is no day") % {"text": values["date"][:40]}
    elif not cents:
        problem = _("“%(text)s” is no amount") % {"text": values["amount"][:40]}
    return FileLine(
        number=row.number,
        account=_account(values.get("account", "")),
        booked_on=day,
        cents=cents,
        counterparty_name=values.get("name", ""),
        counterparty_account=_account(values.get("from_account", "")),
        communication=" ".join(each for each in (values.get("structured"), values.get("words")) if each),
        bank_reference=values.get("bank_reference", ""),
        problem=problem,
    )


def read_day(text: str) -> datetime.date | None:
    """`31/12/2027`, `31-12-27`, `2027-12-31`, `20271231`; the day before the month, as all of Belgium writes."""
    found = WRITTEN_DAY.fullmatch(text)
    try:
        if found:
            day, month, year = (int(part) for part in found.groups())
            return datetime.date(year if year > 99 else 2000 + year, month, day)
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _account(text: str) -> str:
    return text.replace(" ", "").upper()[:34]
