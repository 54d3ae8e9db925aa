"""What is asked for on the screen of results. Only what the reader may see can be chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainings.evaluation.results import Scope
from trainings.models import EvaluationRound, Trainer
from trainings.models.questionnaires import EVALUATIONS, Purpose

type Choices = list[tuple[str, str]]


class ScopeForm(forms.Form):
    """All filters together narrow; results are of whole groups whatever is chosen (evaluation/groups.py)."""

    kind = forms.ChoiceField(label=_("Evaluation"), choices=[(kind.value, kind.label) for kind in EVALUATIONS], required=False)
    session = forms.TypedChoiceField(label=_("Session"), coerce=int, empty_value=None, required=False)
    module = forms.TypedChoiceField(label=_("Module"), coerce=int, empty_value=None, required=False)
    trainers = forms.ChoiceField(label=_("Trainers"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None, required=False)

    def __init__(self, data: Any, *, reader: int | None) -> None:
        super().__init__(data)
        self.reader = reader
        rows = EvaluationRound.objects.select_related("session__module", "module").order_by("-closed_at")
        rounds = [row for row in rows if reader is None or reader in row.trainer_ids]
        names = dict(Trainer.objects.values_list("pk", "name"))
        given = [row.trainer_ids for row in rounds if row.trainer_ids]
        chosen = {
            "session": {str(row.session_id): f"{row.session} · {row.year}" for row in rounds},
            "module": {str(row.module_id): str(row.module) for row in rounds if row.module},
            "trainers": {_key(pks): ", ".join(names.get(pk, "–") for pk in pks) for pks in given},
            "year": {str(row.year): str(row.year) for row in rounds},
        }
        for name, options in chosen.items():
            field: Any = self.fields[name]
            by_name = sorted(options.items(), key=lambda option: option[1], reverse=name == "year")
            field.choices = [("", pgettext_lazy("filter", "all")), *by_name]

    def scope(self) -> Scope:
        """What the reader asked for; for what cannot be, everything she may see."""
        asked: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        trainers = asked.get("trainers")
        return Scope(
            kind=asked.get("kind") or Purpose.HOT,
            session=asked.get("session"),
            module=asked.get("module"),
            year=asked.get("year"),
            trainers=tuple(int(pk) for pk in trainers.split("-")) if trainers else None,
            reader=self.reader,
        )


def _key(trainer_ids: list[int]) -> str:
    return "-".join(str(pk) for pk in trainer_ids)
