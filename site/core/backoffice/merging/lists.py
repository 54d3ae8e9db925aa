"""Rows that may be one, merges that can be undone, and whom one row may be merged with."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core import clock
from core.backoffice.merging.base import MergingScreen
from core.backoffice.screens import Crumb
from core.merging.likeness import Likely
from core.merging.merge import removed_row
from core.merging.registry import label_of
from core.merging.selectors import likely_pairs
from core.models import Merge

ON_A_PAGE = 40
FOUND = 20


@dataclass(frozen=True, slots=True)
class Line:
    """Two rows, why they resemble each other, and where they are compared."""

    first: str
    second: str
    reasons: list[str]
    url: str


class PairsScreen(MergingScreen, TemplateView):
    """Shows pairs of rows that may be one."""

    def lines(self, pairs: list[Likely]) -> list[Line]:
        rows = self.kind.rows.in_bulk({key for each in pairs for key in (each.first, each.second)})
        return [
            Line(
                first=label_of(self.kind, rows[each.first]),
                second=label_of(self.kind, rows[each.second]),
                reasons=[str(reason.label) for reason in each.reasons],
                url=self.url_of("compare", each.first, each.second),
            )
            for each in pairs
        ]


class KnownTwiceView(PairsScreen):
    """The likeliest first; below, what was merged and can be undone."""

    template_name = "core/backoffice/merging/known_twice.html"
    page_title = _("Known twice")

    @property
    def back_url(self) -> str:
        return self.index_url

    def object_crumbs(self) -> list[Crumb]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(likely_pairs(self.kind), ON_A_PAGE).get_page(self.request.GET.get("p"))
        now = clock.now()
        merges = list(Merge.objects.of(self.kind.key).undoable(now).select_related("by")[:ON_A_PAGE])
        kept = self.kind.rows.in_bulk({each.kept_id for each in merges})
        undoable = [
            (each, kept[each.kept_id], _removed_name(each), self.url_of("undo_merge", each.pk)) for each in merges if each.kept_id in kept
        ]
        return super().get_context_data(**kwargs) | {"page": page, "lines": self.lines(list(page)), "merges": undoable}


class WordsForm(forms.Form):
    """What another row is looked for by."""

    q = forms.CharField(label=_("Name or address"), max_length=100, required=False)


class PartnersView(PairsScreen):
    """Whom one row may be merged with: the likely ones, and any other that is looked for."""

    template_name = "core/backoffice/merging/partners.html"
    page_title = _("Merge with another")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        [row] = self.rows(self.kwargs["pk"])
        words = self.request.GET.get("q", "").strip()
        return super().get_context_data(**kwargs) | {
            "row": label_of(self.kind, row),
            "lines": self.lines(likely_pairs(self.kind, about=row.pk)),
            "form": WordsForm(self.request.GET),
            "words": words,
            "found": self._found(row, words) if words else [],
        }

    def _found(self, row: Any, words: str) -> list[tuple[str, str]]:
        asked = reduce(or_, (Q(**{f"{field}__icontains": words}) for field in self.kind.search_fields))
        others = self.kind.rows.filter(asked).exclude(pk=row.pk).distinct()[:FOUND]
        return [(label_of(self.kind, other), self.url_of("compare", row.pk, other.pk)) for other in others]


def _removed_name(merge: Merge) -> str:
    row = removed_row(merge)
    return str(row.get("name") or row.get("name_fr") or "")
