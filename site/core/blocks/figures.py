"""Figures in blocks: chosen from the store by key, or typed with a year and a source of their own (decision 28)."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from core.blocks.charts import Reading

if TYPE_CHECKING:
    from core.models.figures import Figure, FigureValue

KEY_IN_BRACKETS = re.compile(r"\[([\w-]+)\]\s*$")


def values_of(keys: list[str]) -> "dict[str, list[FigureValue]]":
    """The values of the figures with these keys, the latest first. One query, none where there is no key."""
    return apps.get_model("core", "FigureValue").objects.by_key(keys) if keys else {}


def named(figure: "Figure") -> str:
    """As an editor reads and searches it: `Meetings [hf_meet_total]`."""
    return f"{figure.label} [{figure.key}]"


class FigureInput(forms.TextInput):
    """A line to type a word in; the browser offers the figures whose label or key has it."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        figures = apps.get_model("core", "Figure").objects.all()
        context = self.get_context(name, value, attrs) | {"figures": [(named(each), each.get_programme_display()) for each in figures]}
        return render_to_string("core/backoffice/parts/figure_input.html", context)


class FigureKeyBlock(blocks.FieldBlock):
    """A figure of the store. Its key is what is kept: the same in every database and every year, and nothing to translate."""

    def __init__(self, help_text: Any = None, **kwargs: Any) -> None:
        self.field = forms.CharField(required=False, max_length=300, widget=FigureInput(), help_text=help_text)
        super().__init__(**kwargs)

    def value_from_form(self, value: str) -> str:
        found = KEY_IN_BRACKETS.search(value or "")
        return found[1] if found else (value or "").strip()

    class Meta:
        icon = "order"
        default = ""


class FigureRowBlock(blocks.StructBlock):
    """A figure of the store, or one that is typed."""

    figure = FigureKeyBlock(
        label=gettext_lazy("figure of the report"), help_text=gettext_lazy("Type a word of it, such as “meetings”, and choose.")
    )
    value = blocks.DecimalBlock(
        required=False, min_value=0, label=gettext_lazy("or a value"), help_text=gettext_lazy("For a figure that is in no report.")
    )
    label = blocks.CharBlock(
        required=False,
        max_length=160,
        label=gettext_lazy("what it counts"),
        help_text=gettext_lazy("Empty: the label of the report’s figure."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["figure"]) == (cleaned["value"] is not None):
            error = ValidationError(_("Choose a figure of the report or type a value: one of the two."))
            raise blocks.StructBlockValidationError({"figure": error})
        if not cleaned["figure"] and not cleaned["label"]:
            raise blocks.StructBlockValidationError({"label": ValidationError(_("Say what this value counts."))})
        return cleaned

    class Meta:
        icon = "order"
        label = gettext_lazy("figure")


class FiguresValue(blocks.StructValue):
    """A block of figures. A page reads the values of all its blocks at once (`core.pages.figures`)."""

    values_by_key: "dict[str, list[FigureValue]] | None" = None

    @property
    def rows(self) -> Any:
        return self[self.block.rows_name]

    @property
    def figure_keys(self) -> list[str]:
        """The figures of the store it shows."""
        return [row["figure"] for row in self.rows if row.get("figure")]

    @property
    def known(self) -> "dict[str, list[FigureValue]]":
        if self.values_by_key is None:
            self.values_by_key = values_of(self.figure_keys)
        return self.values_by_key

    @property
    def shown_year(self) -> int | None:
        """The year chosen; else the latest in which every figure of the block has a value, so that no two years are compared."""
        if self.get("year"):
            return int(self["year"])
        years = [{each.year for each in self.known.get(key, [])} for key in self.figure_keys]
        if not any(years):
            return None
        return max(set.intersection(*years) or set.union(*years))

    def value_in(self, key: str, year: int | None) -> "FigureValue | None":
        """A figure in a year."""
        return next((each for each in self.known.get(key, []) if each.year == year), None)

    def readings(self) -> list[Reading]:
        """What stands in the block. A figure the store does not have in that year is left out."""
        found = []
        for row in self.rows:
            stored = self.value_in(row["figure"], self.shown_year) if row.get("figure") else None
            if stored:
                found.append(Reading(row.get("label") or stored.figure.label, stored.value, stored.figure.sign, stored.is_approximate))
            elif not row.get("figure"):
                found.append(Reading(row["label"], row["value"], row.get("unit") or ""))
        return found

    def shown_source(self) -> str:
        """Where the figures of the store come from; the typed source where some are typed."""
        stored = [self.value_in(key, self.shown_year) for key in self.figure_keys]
        typed = [self.get("source") or ""] if any(not row.get("figure") for row in self.rows) else []
        return ", ".join(dict.fromkeys([*(each.source for each in stored if each), *typed]))


class FiguresBlock(blocks.StructBlock):
    """What blocks of figures share: rows of the store or typed ones, their year and their source."""

    rows_name = "figures"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"year": value.shown_year, "source": value.shown_source()}

    def get_form_state(self, value: Any) -> Any:
        """Editors read the label of a figure beside its key. One query a block."""
        state = super().get_form_state(value)
        keys = [row["value"]["figure"] for row in state[self.rows_name]]
        figures = {each.key: named(each) for each in apps.get_model("core", "Figure").objects.filter(key__in=keys)} if any(keys) else {}
        for row in state[self.rows_name]:
            row["value"]["figure"] = figures.get(row["value"]["figure"], row["value"]["figure"])
        return state

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        self._refuse_unknown(cleaned)
        if any(not row["figure"] for row in cleaned.rows):
            missing = {name: ValidationError(_("Say it of the values you typed.")) for name in ("year", "source") if not cleaned[name]}
            if missing:
                raise blocks.StructBlockValidationError(missing)
        return cleaned

    def _refuse_unknown(self, value: Any) -> None:
        """Every figure is in the store, and has a value in the year that is shown."""
        value.values_by_key = None
        year = value.shown_year
        errors = {}
        for number, row in enumerate(value.rows):
            if not row["figure"] or value.value_in(row["figure"], year):
                continue
            asked = {"figure": row["figure"], "year": year}
            known = bool(value.known.get(row["figure"]))
            words = _("“%(figure)s” has no value in %(year)s.") if known else _("No figure of the report is called “%(figure)s”.")
            errors[number] = blocks.StructBlockValidationError({"figure": ValidationError(words % asked)})
        if errors:
            raise blocks.StructBlockValidationError({self.rows_name: ListBlockValidationError(block_errors=errors)})
