"""What is asked for: a year, and programmes the reader may see. It travels in the URL."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core import clock
from core.backoffice.permissions import RequiresPermission
from core.figures.period import Period, Scope
from core.models.vocabulary import Programme
from figures.backoffice.permissions import OPEN_REPORT, programmes_of

FIRST_YEAR, LAST_YEAR = 2001, 2100


class ScopeForm(forms.Form):
    """Programmes asked together are counted together: who took part in two of them is one person."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    programme = forms.MultipleChoiceField(label=_("Programmes"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, programmes: list[Programme]) -> None:
        super().__init__(data)
        programme: Any = self.fields["programme"]
        programme.choices = [(each.value, each.label) for each in programmes]


class ScopeMixin(RequiresPermission):
    """A screen about the figures of a year. Without a choice: this year, and every programme the reader may see."""

    permission = OPEN_REPORT
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def allowed(self) -> list[Programme]:
        return programmes_of(self.request.user)

    @cached_property
    def scope_form(self) -> ScopeForm:
        year = self.kwargs.get("year") or self.request.GET.get("year") or clock.today().year
        asked = [name for name in self.request.GET.getlist("programme") if name in self.allowed] or [*map(str, self.allowed)]
        return ScopeForm({"year": year, "programme": asked}, programmes=self.allowed)

    @cached_property
    def scope(self) -> Scope:
        """Http404 for a year nobody reports on, and for whoever sees no programme."""
        if not self.allowed or not self.scope_form.is_valid():
            raise Http404
        programmes = frozenset(Programme(name) for name in self.scope_form.cleaned_data["programme"])
        return Scope(Period.of_year(self.scope_form.cleaned_data["year"]), programmes)

    @property
    def year(self) -> int:
        return self.scope.period.year

    @property
    def programmes(self) -> list[Programme]:
        return [each for each in Programme if each in self.scope.programmes]

    def query(self, **more: str) -> str:
        """The programmes asked, and more, for the URL of another screen."""
        chosen = [("programme", str(each)) for each in self.programmes] if len(self.programmes) < len(self.allowed) else []
        pairs = [*chosen, *((name, value) for name, value in more.items() if value)]
        return f"?{urlencode(pairs)}" if pairs else ""
