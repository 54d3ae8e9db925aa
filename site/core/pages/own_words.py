"""Pages that have words in their language: what lists, search, the newsletter and robots may show of a language.

A translation can be public before somebody has translated it (published as it is), and an alias repeats the words of a page in
another language. Whoever has the URL of such a page reads it; nothing offers it as a page of its language.
"""

from django.db.models import F, Q


def in_own_words() -> Q:
    """For a query of pages of any type. No query of its own."""
    return Q(untranslated=None) & (Q(alias_of=None) | Q(alias_of__locale=F("locale")))


def in_other_words() -> Q:
    """The opposite, as a positive condition: the search takes a query of ids out of the pages it looks through, and no join."""
    return Q(untranslated__isnull=False) | (Q(alias_of__isnull=False) & ~Q(alias_of__locale=F("locale")))
