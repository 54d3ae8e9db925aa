"""The search index holds the words of rows: those that lost a person are indexed again."""

from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from wagtail.search import index
from wagtail.search.models import IndexEntry

from core.privacy.needles import Needles

VECTORS = ("title", "body", "autocomplete")


def renew(needles: Needles) -> None:
    """Every entry that may hold her; an entry whose row is gone goes too."""
    for entry in entries_with(needles):
        row = entry.content_object
        if row is None:
            entry.delete()
        else:
            index.insert_or_update_object(row.specific if hasattr(row, "specific") else row)


def entries_with(needles: Needles) -> list[IndexEntry]:
    """Words stand there one by one, in any order: an entry that has all of those of an address or a name."""
    texts = {f"{name}_words": Cast(F(name), TextField()) for name in VECTORS}
    found = Q(pk__in=())
    for words in needles.words:
        for name in texts:
            every = Q()
            for word in words:
                every &= Q(**{f"{name}__icontains": word})
            found |= every
    return list(IndexEntry.objects.annotate(**texts).filter(found))
