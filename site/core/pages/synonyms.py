"""Synonyms in a query: each is looked for beside what was typed. Editors keep the list (`core.models.SearchSynonyms`)."""

from django.apps import apps
from django.core.cache import cache

from core.page_cache.kept import kept
from core.text.comparison import folded

KEPT_SECONDS = 60
Phrase = tuple[str, ...]


def with_synonyms(terms: list[str], language: str) -> list[list[str]]:
    """The parts of a query; of each, what to look for. `["GGZ", "Brussel"]` → `[["GGZ", "geestelijke gezondheidszorg"], ["Brussel"]]`."""
    groups = _groups(language)
    plain = [folded(term) for term in terms]
    parts: list[list[str]] = []
    at = 0
    while at < len(terms):
        typed, others = _longest(plain[at:], groups)
        size = len(typed) or 1
        parts.append([" ".join(terms[at : at + size]), *(" ".join(other) for other in others)])
        at += size
    return parts


def _longest(terms: list[str], groups: list[tuple[Phrase, ...]]) -> tuple[Phrase, list[Phrase]]:
    """The longest known phrase the terms begin with, and what means the same; nothing where none is known."""
    known = [(phrase, group) for group in groups for phrase in group if tuple(terms[: len(phrase)]) == phrase]
    if not known:
        return (), []
    typed = max((phrase for phrase, _group in known), key=len)
    return typed, [other for phrase, group in known if phrase == typed for other in group if other != typed]


def _groups(language: str) -> list[tuple[Phrase, ...]]:
    """The synonyms of a language. They change about never."""
    return kept(("synonyms", language), lambda: _read(language), otherwise=lambda: _groups_of_this_minute(language))


def _groups_of_this_minute(language: str) -> list[tuple[Phrase, ...]]:
    key = f"core.synonyms.{language}"
    groups: list[tuple[Phrase, ...]] | None = cache.get(key)
    if groups is None:
        groups = _read(language)
        cache.set(key, groups, KEPT_SECONDS)
    return groups


def _read(language: str) -> list[tuple[Phrase, ...]]:
    return [row.phrases for row in apps.get_model("core", "SearchSynonyms").objects.filter(language=language)]
