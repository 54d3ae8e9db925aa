"""What is looked for in texts: an address and, where the officer says so, a name; in the spellings that HTML and URLs give them."""

import re
from dataclasses import dataclass
from html import escape

AT = r"(?:@|%40|&#64;)"
APOSTROPHE = r"(?:'|’|&#x27;|&#39;|&rsquo;)"
BETWEEN_WORDS = r"[\W_]{1,8}"
# A name of one word, or a very short one, stands in too many texts about others.
LEAST_WORDS, LEAST_LETTERS = 2, 6
PLAIN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Needles:
    """`exact` decides; `broad`, for the database, finds all of it and a little more: accents may be written as escapes."""

    email: re.Pattern[str]
    exact: re.Pattern[str]
    broad: str
    # Of each, its plain words: how the search index keeps them.
    words: tuple[tuple[str, ...], ...]


def is_telling(name: str) -> bool:
    """Whether a name can be looked for in texts."""
    return len(name.split()) >= LEAST_WORDS and len(name) >= LEAST_LETTERS


def needles_for(email: str, names: tuple[str, ...] = ()) -> Needles:
    """Not inside a longer address: who asks is not her whose address ends in the same letters."""
    told = [name.strip() for name in names if is_telling(name.strip())]
    address = _address(email.strip())
    return Needles(
        email=re.compile(address, re.IGNORECASE),
        exact=re.compile("|".join([address, *(_name(name) for name in told)]), re.IGNORECASE),
        broad="|".join(_broad(each) for each in (email.strip(), *told)),
        words=tuple(tuple(PLAIN.findall(each.lower())) for each in (email.strip(), *told) if PLAIN.search(each.lower())),
    )


def _address(email: str) -> str:
    local, _at, domain = email.rpartition("@")
    return rf"(?<![\w.+-]){_either(local)}{AT}{re.escape(domain)}(?![\w-]|\.\w)"


def _either(text: str) -> str:
    """As it is, or as HTML writes it."""
    written = re.escape(text)
    escaped = re.escape(escape(text))
    return written if escaped == written else f"(?:{written}|{escaped})"


def _name(name: str) -> str:
    words = (re.sub("['’]", lambda _found: APOSTROPHE, re.escape(word)) for word in re.split(r"[\s\-]+", name))
    return rf"(?<!\w){BETWEEN_WORDS.join(words)}(?!\w)"


def _broad(text: str) -> str:
    runs = PLAIN.findall(text.lower())
    return ".{1,16}".join(runs) if runs else re.escape(text)
