"""The first screen: who is looked for, who looked, what was erased, and whether retention ran."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core import clock
from core.backoffice.duties import label_of, state_of
from core.backoffice.permissions import staff
from core.backoffice.privacy.base import PrivacyScreen
from core.backoffice.privacy.forms import SearchForm
from core.models import Duty, ErasureProof, LookUpKind, PersonLookUp
from core.privacy.find import find_people
from core.privacy.person import note_look_up
from core.privacy.registry import retention_duties

SHOWN = 20


class SearchView(PrivacyScreen):
    """GET shows the form; POST looks: a name in a URL would stand in logs and in the history of a browser."""

    template_name = "core/backoffice/privacy/search.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SearchForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        words = form.cleaned_data["words"].strip()
        people = find_people(words)
        note_look_up(kind=LookUpKind.SEARCH, email=words if "@" in words else "", found=len(people), by=staff(request), now=clock.now())
        return self.render_to_response(self.get_context_data(form=form, people=people, is_searched=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        duties = Duty.objects.filter(name__in=retention_duties()).order_by("name")
        return super().get_context_data(**kwargs) | {
            "form": kwargs.get("form") or SearchForm(),
            "look_ups": PersonLookUp.objects.select_related("by")[:SHOWN],
            "proofs": ErasureProof.objects.select_related("by")[:SHOWN],
            "duties": [{"label": label_of(each), "state": state_of(each), "duty": each} for each in duties],
            "nobody_ran": _("Retention has not run yet: start the worker, or the timer of manage.py run_duties."),
        }
