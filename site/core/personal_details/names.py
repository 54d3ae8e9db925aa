"""Names of people in a text: after a title or a role, after a first name that is often given, or two capitals in a row.

What has a capital for another reason is left out: streets, institutions, months, places, and the names of the directory.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.personal_details.found import Found, Kind
from core.personal_details.given_names import GIVEN_NAMES
from core.personal_details.vocabulary import ACRONYMS, INSTITUTIONS, NOT_NAMES, PARTICLES, ROLES, STREET_ENDINGS, STREETS, TITLES
from core.text.comparison import folded

# `D’Hondt` is one word, `d’Antoine` are two.
WORD = re.compile(r"[^\W\d_]+(?:[-·][^\W\d_]+|(?<=[A-Z])['’][^\W\d_]+)*")
# Between two words of one name; a stop stands only after a title or an initial.
GAP = re.compile(r"[ \u00a0\u202f]+|['’]")
STOP_AND_GAP = re.compile(r"\.[ \u00a0\u202f]*")
SENTENCE_END = re.compile(r"(?:^|[.!?…;]|[\n•*–-]|[(«“\"]) *[\s\u00a0«“\"(•*–-]*$")
SHORTEST_SURNAME_IN_CAPITALS = 4
# A street or an institution takes this many words with it: « rue du Comte de Flandre », « clinique Antonin Artaud ».
WORDS_OF_A_PLACE = 5
# Doctors have streets and hospitals.
TITLES_OF_PEOPLE = TITLES - {"dr", "docteur", "dokter", "doctor"}


@dataclass(slots=True)
class Word:
    """A word of the text, and whether it belongs to something that is no person."""

    text: str
    start: int
    parts: list[str]
    follows: bool  # only a space from the word before
    is_place: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        """All capitals: `CPAS`, and also `DUPONT`."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_given_name(self) -> bool:
        return self.is_capitalised and self.parts[0] in GIVEN_NAMES

    @property
    def can_be_a_name(self) -> bool:
        is_other = self.is_place or self.text == "X" or self.parts[0] in TITLES | NOT_NAMES  # `M. X` is how one writes about nobody
        if not self.is_capitalised or is_other or self.parts[-1].endswith(STREET_ENDINGS):
            return False
        return not self.is_acronym or (len(self.text) >= SHORTEST_SURNAME_IN_CAPITALS and self.parts[0] not in ACRONYMS)


def names(text: str, *, known: Iterable[str] = ()) -> Iterator[Found]:
    """`known`: names of organisations and places that are not people."""
    words = _words(text)
    _mark_known(words, known)
    _mark_places(words)
    place = 0
    while place < len(words):
        length = _titled(words, place) or _full_name(text, words, place)
        if length:
            start, end = words[place].start, words[place + length - 1].end
            yield Found(Kind.NAME, text[start:end], start)
        place += length or 1


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    for match in WORD.finditer(text):
        follows = bool(words) and _is_gap(text, words[-1], match.start())
        words.append(Word(match[0], match.start(), re.findall(r"[^\W\d_]+", folded(match[0])) or [""], follows))
    return words


def _is_gap(text: str, word: Word, end: int) -> bool:
    is_abbreviation = word.parts[-1] in TITLES | STREETS or (len(word.text) == 1 and word.is_capitalised)
    return bool(GAP.fullmatch(text, word.end, end) or (is_abbreviation and STOP_AND_GAP.fullmatch(text, word.end, end)))


def _mark_known(words: list[Word], known: Iterable[str]) -> None:
    """Marks the words of every known name, whatever its accents, capitals and hyphens."""
    parts = [(part, word) for word in words for part in word.parts]
    said = {part for part, _word in parts}
    by_first: dict[str, list[list[str]]] = {}
    for name in known:
        spelled = re.findall(r"[^\W\d_]+", folded(name))
        if spelled and said.issuperset(spelled):
            by_first.setdefault(spelled[0], []).append(spelled)
    for place, (part, _word) in enumerate(parts):
        for spelled in by_first.get(part, ()):
            here = parts[place : place + len(spelled)]
            if [each for each, _word in here] == spelled:
                for _part, word in here:
                    word.is_place = True


def _mark_places(words: list[Word]) -> None:
    """Marks what follows a word for a street or an institution: « rue du Comte de Flandre », but not « le service de Marie Peeters »."""
    for place, word in enumerate(words):
        is_street = word.parts[-1] in STREETS
        if not is_street and word.parts[-1] not in INSTITUTIONS:
            continue
        for index in range(place + 1, min(len(words), place + 1 + WORDS_OF_A_PLACE)):
            after, is_particle = words[index], words[index].parts[0] in PARTICLES
            is_somebody = after.parts[0] in TITLES_OF_PEOPLE or (after.is_given_name and words[index - 1].parts[0] in PARTICLES)
            if not after.follows or is_somebody or not (after.is_capitalised or (is_street and is_particle)):
                break
            after.is_place = True


def _titled(words: list[Word], place: int) -> int:
    """How many words from `place` on are a title or a role with the name after it."""
    word = words[place]
    is_title, is_role = word.parts[-1] in TITLES, word.parts[-1] in ROLES
    # `m` alone is a metre and `Ms` no plural: titles of a letter or two are written with a capital.
    if word.is_place or not (is_title or is_role) or (is_title and len(word.parts[-1]) <= 2 and not word.is_capitalised):
        return 0
    after = place + 1
    while after < len(words) and words[after].follows and words[after].parts[0] in PARTICLES and not words[after].is_capitalised:
        after += 1
    is_office = after > place + 1 and after < len(words) and words[after].parts[0] in NOT_NAMES  # « Monsieur le Directeur »
    if after >= len(words) or is_office or not words[after].follows or not _begins_a_name(words[after], is_title=is_title):
        return 0
    return after + 1 + _rest_of_name(words, after + 1) - place


def _begins_a_name(word: Word, *, is_title: bool) -> bool:
    if not word.is_capitalised or word.parts[-1] in TITLES or word.text == "X":
        return False
    return word.parts[0] not in ACRONYMS if is_title else word.can_be_a_name and not word.is_acronym


def _full_name(text: str, words: list[Word], place: int) -> int:
    """How many words from `place` on are a first and a family name; a capital that begins a sentence says nothing."""
    first = words[place]
    if not first.can_be_a_name or (first.is_acronym and not first.is_given_name):
        return 0
    length = 1 + _rest_of_name(words, place + 1, after_given_name=first.is_given_name)
    begins_sentence = SENTENCE_END.search(text, max(0, first.start - 20), first.start)
    if length == 1 or (length > 2 and begins_sentence and not first.is_given_name and words[place + 1].is_given_name):
        return 0  # « Hier Fatima El Amrani » begins at the next word
    holds_given_name = any(word.is_given_name for word in words[place : place + length])
    return length if holds_given_name or not begins_sentence else 0


def _rest_of_name(words: list[Word], place: int, *, after_given_name: bool = True) -> int:
    """How many words from `place` on go on with a name: capitals, and particles that a capital follows."""
    end = place
    for index in range(place, len(words)):
        word = words[index]
        if not word.follows:
            break
        if word.can_be_a_name:
            end = index + 1
        elif not (after_given_name and word.parts[0] in PARTICLES):
            break
    return end - place
