"""Two rows side by side: merged, or kept apart; and a merge undone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from core import clock
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.merging.base import REFUSALS, MergingScreen
from core.backoffice.permissions import staff
from core.merging.merge import CannotMerge, CannotUndo, keep_apart, merge_rows, removed_row, undo_merge
from core.merging.registry import holdings_of, label_of
from core.merging.selectors import likely_pairs
from core.models import Merge
from core.text.dates import written

SHOWN = 5
type Held = tuple[int, list[str]]


class KeepForm(forms.Form):
    """Which of the two stays."""

    keep = forms.ChoiceField(label=gettext_lazy("Which one stays?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, labels: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["keep"]
        field.choices = labels


class CompareView(MergingScreen, ConfirmView):
    """What is known of each, and what hangs on it."""

    template_name = "core/backoffice/merging/compare.html"
    page_title = gettext_lazy("Are these two one?")
    action_label = gettext_lazy("Merge")
    form_class = KeepForm
    is_destructive = True

    @cached_property
    def pair(self) -> list[Any]:
        return self.rows(self.kwargs["first"], self.kwargs["second"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"labels": [(row.pk, label_of(self.kind, row)) for row in self.pair]}

    def effects(self) -> list[str]:
        return [
            _("Everything that hangs on the other one hangs on the one that stays. Nobody gets a mail about it."),
            _("A merge can be undone for 30 days, under “Known twice”."),
            *self.kind.warn(*self.pair),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, other = self.pair
        facts = [(label, *values) for (label, *values) in self._facts(one, other)]
        pair = sorted((one.pk, other.pk))
        found = next((each for each in likely_pairs(self.kind, about=one.pk) if [each.first, each.second] == pair), None)
        return super().get_context_data(**kwargs) | {
            "names": [str(one), str(other)],
            "facts": facts,
            "held": [(holding.label, _held(holding, one), _held(holding, other)) for holding in holdings_of(self.kind)],
            "reasons": [reason.label for reason in found.reasons] if found else [],
            "apart_url": self.url_of("keep_apart", one.pk, other.pk),
        }

    def _facts(self, one: Any, other: Any) -> list[tuple[Any, Any, Any, bool]]:
        sides = zip(self.kind.facts(one), self.kind.facts(other), strict=True)
        return [(label, first, second, first != second) for (label, first), (_label, second) in sides]

    def act(self, form: Any) -> str:
        keep = int(form.cleaned_data["keep"])
        kept, removed = sorted(self.pair, key=lambda row: row.pk != keep)
        try:
            merge_rows(self.kind, keep=kept.pk, remove=removed.pk, now=clock.now(), by=staff(self.request))
        except CannotMerge as refusal:
            raise Refused(str(REFUSALS[refusal.reason])) from refusal
        self.write_log(kept, "core.merge")
        return _("The two are one now. For 30 days this can be undone.")


class KeepApartView(MergingScreen, View):
    """They are not the same: the list does not show them again."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, first: int, second: int) -> HttpResponse:
        one, other = self.rows(first, second)
        keep_apart(self.kind, one=one.pk, other=other.pk, now=clock.now(), by=staff(request))
        self.write_log(one, "core.keep_apart")
        messages.success(request, _("Noted: these two are not the same."))
        return redirect(self.back_url)


class UndoMergeView(MergingScreen, ConfirmView):
    """Two again."""

    page_title = gettext_lazy("Undo the merge")
    action_label = gettext_lazy("Undo the merge")

    @cached_property
    def merge(self) -> Merge:
        found: Merge = get_object_or_404(Merge.objects.of(self.kind.key), pk=self.kwargs["pk"])
        return found

    def effects(self) -> list[str]:
        kept = self.kind.rows.filter(pk=self.merge.kept_id).first()
        names = {"kept": kept or "–", "day": written(self.merge.at), "until": written(self.merge.undo_until)}
        row = removed_row(self.merge)
        names["removed"] = row.get("email") or row.get("name_fr") or "–"
        return [
            _("“%(removed)s” was merged into “%(kept)s” on %(day)s. Until %(until)s that can be undone.") % names,
            _("Each gets back what was its own. What came since stays with “%(kept)s”.") % names,
            _("A seat that somebody else has by now is not taken away: the person waits for the next one, and gets a mail."),
        ]

    def act(self, form: Any) -> str:
        try:
            merge = undo_merge(self.kind, merge_id=self.merge.pk, now=clock.now(), by=staff(self.request))
        except CannotUndo as refusal:
            raise Refused(str(REFUSALS[refusal.reason])) from refusal
        self.write_log(self.kind.rows.get(pk=merge.kept_id), "core.undo_merge")
        return _("The merge is undone: they are two again.")


def _held(holding: Any, row: Any) -> Held:
    rows = holding.rows(row)
    return rows.count(), [str(holding.line(each)) for each in rows[:SHOWN]]
