"""Words of a list that look like those of the search text, for 'did you mean'."""

import difflib
import re
from collections.abc import Iterable

from core.text import folded

WORD = re.compile(r"[^\W\d_]{4,}")


def similar_words(search_text: str, texts: Iterable[str], *, most: int = 3) -> list[str]:
    """Up to `most` words of `texts` close to those of the search text, closest first."""
    vocabulary = {folded(word): word.lower() for text in texts for word in WORD.findall(text)}
    close: dict[str, None] = {}
    for word in WORD.findall(search_text)[:5]:
        for found in difflib.get_close_matches(folded(word), vocabulary, n=most, cutoff=0.7):
            close[vocabulary[found]] = None
    return [word for word in close if folded(word) != folded(search_text)][:most]
