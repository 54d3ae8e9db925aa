"""What was perhaps meant by a search text that finds nothing, for 'did you mean'."""

import difflib
import re
from collections.abc import Iterable
from itertools import islice, product

from core.text.comparison import folded

WORD = re.compile(r"[^\W\d_]{3,}")
LONGEST = 5
LIKE = 0.75
MOST_TRIED = 60


def similar_texts(search_text: str, texts: Iterable[str], *, most: int = 3) -> list[str]:
    """Up to `most` search texts close to this one, closest first, whose words stand together in one of `texts`: each finds something."""
    known = [{folded(word): word.lower() for word in WORD.findall(text)} for text in texts]
    vocabulary = {plain: word for words in known for plain, word in words.items()}
    typed = [folded(word) for word in WORD.findall(search_text)[:LONGEST]]
    # A word that resembles none is left out: the others alone find something.
    close = [words for word in typed if (words := _close(word, vocabulary))]
    tried = product(*close) if close else ()
    found = [
        " ".join(vocabulary[word] for word in words)
        for words in islice(tried, MOST_TRIED)
        if list(words) != typed and any(set(words) <= each.keys() for each in known)
    ]
    return list(dict.fromkeys(found))[:most]


def _close(word: str, vocabulary: Iterable[str]) -> list[str]:
    """Words like this one, closest first. They begin with the same letter: `agressie` is no `depressie`."""
    return difflib.get_close_matches(word, [each for each in vocabulary if each[0] == word[0]], n=3, cutoff=LIKE)
