"""Which place of the map a row speaks of: by its id, or perhaps by its name."""

import hashlib
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from cartography.enums import PlaceStatus
from cartography.models import Place
from cartography.places.duplicates import bare_name, name_similarity

# A file of thousands of rows is not looked at one by one: only names very much name_similarity are held back.
LIKENESS = 0.85
# Two words less name_similarity than this are two words: `Est` and `Ouest`, `Namur` and `Mons`.
SAME_WORD = 0.8
ARTICLES = frozenset(("du", "des", "de", "d", "au", "aux", "a", "van", "der", "den", "en", "et", "of"))
LONGEST_KEY = 80


class KnownPlaces:
    """The places of the map, read once for many rows."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_id: dict[str, Place] = {}
        self.near: dict[str, list[tuple[str, Place]]] = {}
        for place in places:
            self.remember(place)

    def remember(self, place: Place) -> None:
        """Also what a file adds, for its later rows."""
        self.by_id[place.slug] = place
        if place.import_key:
            self.by_id[place.import_key] = place
        if place.status != PlaceStatus.WITHDRAWN:
            bare = {bare_name(name) for name in (place.name_fr, place.name_nl)} - {""}
            self.near.setdefault(place.nis, []).extend((name, place) for name in bare)

    def like(self, names: Iterable[str], nis: str) -> Place | None:
        """A place of the same municipality that this may be."""
        own = [bare for name in names if (bare := bare_name(name))]
        near = self.near.get(nis, [])
        return next((place for other, place in near for name in own if is_likely_same(name, other)), None)


def is_likely_same(first: str, second: str) -> bool:
    """Spelling differs, words do not: `Maison du Tilleul` and `Maison des Tilleuls`, but never `Équipe mobile Est` and `… Ouest`."""
    if first == second:
        return True
    if name_similarity(first, second) <= LIKENESS:
        return False
    ours, theirs = first.split(), second.split()
    left, right = [word for word in ours if word not in theirs], [word for word in theirs if word not in ours]
    pairs = ((left, right), (right, left))
    return all(any(_is_one_word(word, other) for other in others) for words, others in pairs for word in words)


def _is_one_word(first: str, second: str) -> bool:
    """`name_similarity` takes its short cuts for longer words; articles (du, des) may differ."""
    if first.isdigit() or second.isdigit():
        return False
    return {first, second} <= ARTICLES or SequenceMatcher(None, first, second, autojunk=False).ratio() >= SAME_WORD


def key_of(row: Mapping[str, str], values: Mapping[str, object]) -> str:
    """What makes two rows one place: the id of the file, else name and municipality."""
    key = row.get("key") or f"{values.get('nis', '')}:{bare_name(str(values.get('name_fr') or row.get('name_fr', '')))}"
    return key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()
