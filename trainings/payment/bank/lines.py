"""One transfer as a file tells it, whatever its format; and what makes it one transfer in every file."""

import datetime
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """`number`: where it stands in the file. `problem`: why it cannot be read, in the reader's language."""

    number: int
    account: str = ""
    booked_on: datetime.date | None = None
    cents: int = 0
    counterparty_name: str = ""
    counterparty_account: str = ""
    communication: str = ""
    bank_reference: str = ""
    problem: str = ""

    @property
    def text(self) -> str:
        """For the report."""
        said = [self.problem, self.counterparty_name, self.counterparty_account, self.communication]
        return " · ".join(each for each in said if each)[:300]


@dataclass(frozen=True, slots=True)
class Identified:
    """A line with its fingerprint. `is_twin`: nothing tells it from another line of the same file."""

    line: FileLine
    fingerprint: str
    is_twin: bool
    is_repeated: bool


def identify(lines: Iterable[FileLine]) -> Iterator[Identified]:
    """Fingerprints from what every format tells: account, day, amount, other account, words, and the how-manieth such line it is.

    The same transfer thus has one fingerprint in CODA, camt.053 and a table. The bank's own reference differs between formats; inside
    a file it tells a second transfer (another reference) from a line written twice (the same one). Without it, nobody can: a twin.
    """
    seen: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        base = _base(line)
        references = seen[base]
        is_repeated = bool(line.bank_reference) and line.bank_reference in references
        place = references.index(line.bank_reference) if is_repeated else len(references)
        is_twin = not is_repeated and bool(references) and not (line.bank_reference and all(references))
        if not is_repeated:
            references.append(line.bank_reference)
        yield Identified(line, sha256(f"{base}|{place}".encode()).hexdigest(), is_twin, is_repeated)


def _base(line: FileLine) -> str:
    day = line.booked_on.isoformat() if line.booked_on else ""
    # A name is cut short in some formats: it counts only where no account tells who paid.
    payer = _plain(line.counterparty_account) or _plain(line.counterparty_name)[:20]
    return "|".join([_plain(line.account), day, str(line.cents), payer, _plain(line.communication)[:100]])


def _plain(text: str) -> str:
    """Letters and digits only, without accents and case: programs differ in all the rest."""
    return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if char.isalnum() and char.isascii())
