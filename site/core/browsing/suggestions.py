"""Words of a list that look like the ones typed, for 'did you mean'."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]{4,}")


def folded(text: str) -> str:
    """`text` without accents and capitals: `Éthique` and `ethique` are the same."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)).casefold()


def similar_words(words: str, texts: Iterable[str], *, most: int = 3) -> list[str]:
    """Up to `most` words of `texts` close to the words typed, closest first."""
    vocabulary = {folded(word): word.lower() for text in texts for word in WORD.findall(text)}
    close: dict[str, None] = {}
    for typed in WORD.findall(words)[:5]:
        for found in difflib.get_close_matches(folded(typed), vocabulary, n=most, cutoff=0.7):
            close[vocabulary[found]] = None
    return [word for word in close if folded(word) != folded(words)][:most]
