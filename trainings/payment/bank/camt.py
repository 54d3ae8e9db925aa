"""camt.053, the XML of ISO 20022, whatever its version. Nothing outside of the file is read, and no entity is expanded."""

import datetime
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from core.imports.errors import CannotRead
from trainings.models.money import read_cents
from trainings.payment.bank.lines import FileLine


def is_camt(content: bytes) -> bool:
    """Whether it is XML at all."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def read_camt(content: bytes) -> tuple[list[FileLine], str]:
    """Its booked entries, and its version. Raises CannotRead."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise CannotRead(_("This XML file is damaged, or holds what a bank does not write.")) from error
    version = root.tag.rpartition("}")[0].rpartition(":")[2]
    if not version.startswith("camt.053"):
        raise CannotRead(_("This XML file is no bank statement (camt.053)."))
    return list(_lines(root)), version


def _lines(root: Element) -> Iterator[FileLine]:
    number = 0
    for statement in _all(root, "BkToCstmrStmt", "Stmt"):
        account = _text(statement, "Acct", "Id", "IBAN")
        for entry in _all(statement, "Ntry"):
            if (_text(entry, "Sts", "Cd") or _text(entry, "Sts")) not in {"BOOK", ""}:
                continue
            for detail in _details(entry):
                number += 1
                yield _line(entry, detail, number=number, account=account)


def _details(entry: Element) -> list[Element]:
    """The transfers of an entry; the entry itself where it names none, or not what each of several amounts to."""
    details = _all(entry, "NtryDtls", "TxDtls")
    return details if len(details) == 1 or (details and all(_amount(each) is not None for each in details)) else [entry]


def _line(entry: Element, detail: Element, *, number: int, account: str) -> FileLine:
    is_alone = len(_all(entry, "NtryDtls", "TxDtls")) < 2
    amount = entry.find("{*}Amt") if is_alone else _amount(detail)
    side = (_text(detail, "CdtDbtInd") if not is_alone else "") or _text(entry, "CdtDbtInd")
    day = _day(_text(entry, "BookgDt", "Dt") or _text(entry, "BookgDt", "DtTm")[:10])
    cents = _cents(amount)
    if cents is None or day is None:
        return FileLine(number=number, problem=_("its amount in euros or its day is missing"))
    # A reversal of money that left comes in; both words say so.
    payer = "Dbtr" if side == "CRDT" else "Cdtr"
    words = [_text(detail, "RmtInf", "Strd", "CdtrRefInf", "Ref"), *(each.text or "" for each in _all(detail, "RmtInf", "Ustrd"))]
    return FileLine(
        number=number,
        account=account,
        booked_on=day,
        cents=cents if side == "CRDT" else -cents,
        counterparty_name=_text(detail, "RltdPties", payer, "Nm") or _text(detail, "RltdPties", payer, "Pty", "Nm"),
        counterparty_account=_text(detail, "RltdPties", f"{payer}Acct", "Id", "IBAN"),
        communication=" ".join(" ".join(words).split()),
        bank_reference=_text(detail, "Refs", "AcctSvcrRef") or (_text(entry, "AcctSvcrRef") if is_alone else ""),
    )


def _amount(detail: Element) -> Element | None:
    found = detail.find("{*}AmtDtls/{*}TxAmt/{*}Amt")
    return found if found is not None else detail.find("{*}Amt")


def _cents(amount: Element | None) -> int | None:
    if amount is None or amount.get("Ccy", "EUR") != "EUR":
        return None
    try:
        return read_cents((amount.text or "").strip())
    except ValueError:
        return None


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _all(element: Element, *names: str) -> list[Element]:
    return element.findall("/".join(f"{{*}}{name}" for name in names))


def _text(element: Element, *names: str) -> str:
    """The first such text; nothing where there is none."""
    found = element.find("/".join(f"{{*}}{name}" for name in names))
    return (found.text or "").strip() if found is not None else ""
