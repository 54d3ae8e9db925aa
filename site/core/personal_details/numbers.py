"""Numbers and addresses that lead to a person: national register number, telephone, date of birth, email."""

import datetime
import re
from collections.abc import Iterator

from stdnum.be import bis, nn, vat

from core.personal_details.found import Found, Kind
from core.personal_details.vocabulary import LAWS
from core.text.comparison import folded

# Somebody who is written about is rarely younger, and dates of work are rarely older.
YOUNGEST = 16
OLDEST = 110
BETWEEN = r"[ \u00a0\u202f./-]?"
# Apart from longer rows of digits: account numbers, references, structured communications.
BEFORE, AFTER = r"(?<![\w+./-])", r"(?![\d]|[./-]\d)"

NATIONAL = re.compile(rf"{BEFORE}\d\d{BETWEEN}\d\d{BETWEEN}\d\d{BETWEEN}\d{{3}}{BETWEEN}\d\d{AFTER}")
MOBILE = rf"04\d\d{BETWEEN}(?:\d\d{BETWEEN}\d\d{BETWEEN}\d\d|\d{{3}}{BETWEEN}\d{{3}})"
TWO_DIGIT_ZONE = rf"0[2349]{BETWEEN}\d{{3}}{BETWEEN}\d\d{BETWEEN}\d\d"
THREE_DIGIT_ZONE = rf"0[1-8]\d{BETWEEN}\d\d{BETWEEN}\d\d{BETWEEN}\d\d"
BELGIAN_PHONE = re.compile(rf"{BEFORE}(?:{MOBILE}|{TWO_DIGIT_ZONE}|{THREE_DIGIT_ZONE}){AFTER}")
ABROAD_PHONE = re.compile(rf"(?<![\w+])(?:\+|00)[1-9]\d{{0,2}}(?:{BETWEEN}(?:\(0\))?\d){{7,12}}{AFTER}")
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# Mailboxes of a house, not of a person.
SHARED_MAILBOXES = frozenset(
    (
        *("info", "contact", "secretariat", "secretariaat", "accueil", "onthaal", "admin", "administration", "administratie", "direction"),
        *(
            "formation",
            "formations",
            "vorming",
            "opleiding",
            "compta",
            "comptabilite",
            "boekhouding",
            "support",
            "connect",
            "noreply",
            "office",
        ),
    )
)
MONTHS = (
    ("janvier", "januari", "january", "jan", "janv"),
    ("fevrier", "februari", "february", "feb", "fev", "febr"),
    ("mars", "maart", "march", "mrt"),
    ("avril", "april", "apr", "avr"),
    ("mai", "mei", "may"),
    ("juin", "juni", "june", "jun"),
    ("juillet", "juli", "july", "jul", "juil"),
    ("aout", "augustus", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "oktober", "october", "oct", "okt"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
NUMERIC_DATE = re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)?\d\d)(?![\d]|[./-]\d)")
YEAR_FIRST_DATE = re.compile(r"(?<![\w./-])((?:19|20)\d\d)([./-])(\d\d)\2(\d\d)(?![\d]|[./-]\d)")
WRITTEN_DATE = re.compile(r"(?<!\w)(\d{1,2})(?:er|st|nd|rd|th)?[ \u00a0]([^\W\d_]{3,9})\.?,?[ \u00a0]((?:19|20)\d\d)(?!\d)")
BIRTH_WORD = re.compile(
    r"(?:\bnee?s?(?:\(e\)|·e)?\b|\bnaissance\b|\bnaiss?\.|\bgeboren\b|\bgeb\.|\bgeboortedatum\b|\bgeboorte\b|\bborn\b|\bbirth\b|\bdob\b|°)"
    r"[^\n.;]{0,30}$"
)
WORDS_BEFORE = 40  # characters looked at for what a date is the date of


def national_numbers(text: str) -> Iterator[Found]:
    """Eleven digits, in groups or not, of which the last two check the others (modulo 97) and the first six can be a birthday."""
    for match in NATIONAL.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if nn.is_valid(digits) or bis.is_valid(digits):
            yield Found(Kind.NATIONAL_NUMBER, match[0], match.start())


def phones(text: str) -> Iterator[Found]:
    """Belgian numbers as they are written here, and any number with its country."""
    for match in BELGIAN_PHONE.finditer(text):
        if not _is_enterprise_number(match[0]):
            yield Found(Kind.PHONE, match[0], match.start())
    for match in ABROAD_PHONE.finditer(text):
        yield Found(Kind.PHONE, match[0], match.start())


def _is_enterprise_number(written: str) -> bool:
    """`0407.571.234`: ten digits by four and three, which check one another."""
    return bool(re.fullmatch(r"0\d{3}[.]\d{3}[.]\d{3}", written)) and bool(vat.is_valid(written))


def emails(text: str) -> Iterator[Found]:
    """All but those of a whole house: `info@`."""
    for match in EMAIL.finditer(text):
        if match[0].partition("@")[0].casefold() not in SHARED_MAILBOXES:
            yield Found(Kind.EMAIL, match[0], match.start())


def birth_dates(text: str, *, today: datetime.date) -> Iterator[Found]:
    """A full date after a word of birth; or so long ago that somebody was born then, unless it is the date of a law."""
    for start, written, date in _dates(text, today):
        before = folded(text[max(0, start - WORDS_BEFORE) : start])
        age = (today - date).days / 365.25
        is_long_ago = YOUNGEST <= age <= OLDEST and not LAWS & set(re.findall(r"\w+", before))
        if BIRTH_WORD.search(before) or is_long_ago:
            yield Found(Kind.BIRTH_DATE, written, start)


def _dates(text: str, today: datetime.date) -> Iterator[tuple[int, str, datetime.date]]:
    """Every full date of the text; those of no calendar are left out."""
    parts = [(match, match[4], match[3], match[1]) for match in NUMERIC_DATE.finditer(text)]
    parts += [(match, match[1], match[3], match[4]) for match in YEAR_FIRST_DATE.finditer(text)]
    for match in WRITTEN_DATE.finditer(text):
        if month := MONTH_NUMBERS.get(folded(match[2])):
            parts.append((match, match[3], str(month), match[1]))
    for match, year, month_typed, day in parts:
        try:
            yield match.start(), match[0], datetime.date(_full_year(int(year), today), int(month_typed), int(day))
        except ValueError:
            continue


def _full_year(year: int, today: datetime.date) -> int:
    """`75` is 1975; `26` is this year."""
    if year >= 100:
        return year
    return 2000 + year if 2000 + year <= today.year + 10 else 1900 + year
