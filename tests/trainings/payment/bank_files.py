"""Files as banks write them: CODA, camt.053, CSV. All invented; the accounts are examples valid by their digits."""

import datetime
from dataclasses import dataclass

OWN = "BE71096123456769"
PAYER = "BE68539007547034"
DAY = datetime.date(2035, 2, 12)


@dataclass(frozen=True, slots=True)
class Paid:
    """One transfer: cents (below nothing: it leaves), what is said, who."""

    cents: int
    words: str = ""
    name: str = "Service d’exemple"
    account: str = PAYER
    day: datetime.date = DAY
    reference: str = ""


def table(*transfers: Paid, encoding: str = "utf-8-sig", decimal: str = ",") -> bytes:
    """A CSV as a bank's site offers it: a title above, semicolons, a mark of its encoding."""
    rows = ["Mouvements du compte", "Date comptable;Compte;Montant;Contrepartie;Compte contrepartie;Communication;Référence de l'opération"]
    for paid in transfers:
        amount = f"{paid.cents / 100:.2f}".replace(".", decimal)
        cells = [f"{paid.day:%d/%m/%Y}", OWN, amount, paid.name, paid.account, paid.words, paid.reference]
        rows.append(";".join(cells))
    return "\r\n".join(rows).encode(encoding)


def camt(*transfers: Paid, version: str = "camt.053.001.02") -> bytes:
    """One statement, an entry each."""
    entries = "".join(_entry(paid, version) for paid in transfers)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:{version}"><BkToCstmrStmt>'
        f"<Stmt><Acct><Id><IBAN>{OWN}</IBAN></Id></Acct>{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _entry(paid: Paid, version: str) -> str:
    side, party = ("CRDT", "Dbtr") if paid.cents > 0 else ("DBIT", "Cdtr")
    name = f"<Nm>{paid.name}</Nm>" if version.endswith("02") else f"<Pty><Nm>{paid.name}</Nm></Pty>"
    status = "BOOK" if version.endswith("02") else "<Cd>BOOK</Cd>"
    return (
        f'<Ntry><Amt Ccy="EUR">{abs(paid.cents) / 100:.2f}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts>{status}</Sts>'
        f"<BookgDt><Dt>{paid.day}</Dt></BookgDt><AcctSvcrRef>{paid.reference}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties>"
        f"<{party}>{name}</{party}><{party}Acct><Id><IBAN>{paid.account}</IBAN></Id></{party}Acct></RltdPties>"
        f"<RmtInf><Ustrd>{paid.words}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def coda(*transfers: Paid) -> bytes:
    """One statement of version 2 with its sums (standard 2.6); a communication of twelve digits between pluses becomes structured."""
    day, records = f"{DAY:%d%m%y}", []
    records.append(f"0{'':4}{day}096{'05':2}{'':1}{'':7}{'':10}{'EXEMPLE ASBL':26}{'GKCCBEBB':11}{'00123456749':11}{'':1}{'00000':5}")
    records.append(f"12001{OWN:34}EUR0{0:015d}{day}{'EXEMPLE ASBL':26}{'':35}001")
    for number, paid in enumerate(transfers, start=1):
        sign, amount = ("0" if paid.cents > 0 else "1"), abs(paid.cents) * 10
        words = paid.words.strip("+").replace("/", "")
        said = f"1101{words}" if paid.words.startswith("+++") else f"0{paid.words}"
        reference = paid.reference or f"REF{number}"
        records.append(f"21{number:04d}0000{reference:21}{sign}{amount:015d}{day}00150000{said:54.54}{paid.day:%d%m%y}00100 0")
        records[-1] = f"{records[-1][:124]} 1 0"
        records.append(f"22{number:04d}0000{'':53}{'':35}{'KREDBEBB':11}{'':15}1 0")
        records.append(f"23{number:04d}0000{paid.account:37}{paid.name.replace('’', ' '):35.35}{'':43}0 0")
    come = sum(paid.cents for paid in transfers if paid.cents > 0) * 10
    gone = -sum(paid.cents for paid in transfers if paid.cents < 0) * 10
    balance = come - gone
    records.append(f"8001{OWN:34}EUR{'0' if balance >= 0 else '1'}{abs(balance):015d}{day}{'':64}0")
    records.append(f"9{'':15}{len(records) - 1:06d}{gone:015d}{come:015d}{'':75}2")
    text = "\r\n".join(record[:127].ljust(127) + record[127:128].ljust(1) for record in _versioned(records))
    return text.encode("cp1252", errors="replace")


def _versioned(records: list[str]) -> list[str]:
    """The header says its version at its very end."""
    return [records[0].ljust(127) + "2", *records[1:]]
