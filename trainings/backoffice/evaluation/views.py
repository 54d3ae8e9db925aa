"""The screen of results, and its files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.permissions import RequiresPermission
from trainings.backoffice.evaluation.forms import ScopeForm
from trainings.backoffice.permissions import CLOSE_EVALUATIONS, VIEW_EVALUATIONS, sees_any_session, sessions_for
from trainings.evaluation.export import as_csv, as_xlsx
from trainings.evaluation.groups import LEAST
from trainings.evaluation.results import Results, results
from trainings.evaluation.window import is_open
from trainings.models import Questionnaire, Trainer
from trainings.models.questionnaires import EVALUATIONS

NOBODY = -1
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reader_of(user: Any) -> int | None:
    """The trainer whose sessions the user sees; None for whoever sees all."""
    if sees_any_session(user):
        return None
    trainer = Trainer.objects.filter(user=user).values_list("pk", flat=True).first()
    return NOBODY if trainer is None else trainer


class ResultsView(RequiresPermission, WagtailAdminTemplateMixin, TemplateView):
    """Charts with their tables, and the remarks; `?export=xlsx` or `csv` gives the same as a file."""

    permission = VIEW_EVALUATIONS
    template_name = "trainings/backoffice/evaluation_results.html"
    page_title = gettext_lazy("Evaluation")
    header_icon = "clipboard-list"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def form(self) -> ScopeForm:
        return ScopeForm(self.request.GET, reader=reader_of(self.request.user))

    @cached_property
    def results(self) -> Results:
        return results(self.form.scope())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        files = {"xlsx": (as_xlsx, XLSX), "csv": (as_csv, "text/csv; charset=utf-8")}
        wanted = request.GET.get("export", "")
        if wanted not in files:
            answer: HttpResponse = super().get(request, *args, **kwargs)
            return answer
        write, kind = files[wanted]
        headers = {"Content-Disposition": f'attachment; filename="evaluation.{wanted}"', "Cache-Control": "no-store"}
        return HttpResponse(write(self.results), content_type=kind, headers=headers)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        asked = {name: str(value) for name, value in self.request.GET.items() if name != "export"}
        return [
            HeaderButton(_("Download XLSX"), url=f"?{urlencode(asked | {'export': 'xlsx'})}", icon_name="download", priority=10),
            HeaderButton(_("Download CSV"), url=f"?{urlencode(asked | {'export': 'csv'})}", icon_name="download", priority=20),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"form": self.form, "results": self.results, "least": LEAST, "still_open": self._still_open()}

    def _still_open(self) -> list[tuple[Any, str, Any]]:
        """Evaluations of the session asked for that are answered just now, for those who may close them."""
        key = self.request.GET.get("session", "")
        if not self.request.user.has_perm(CLOSE_EVALUATIONS) or not key.isdecimal() or len(key) > 18:
            return []
        session = sessions_for(self.request.user).filter(pk=int(key)).first()
        asked = Questionnaire.objects.open().filter(purpose__in=EVALUATIONS).values_list("purpose", flat=True)
        now = clock.now()
        return [(session, kind.value, kind.label) for kind in EVALUATIONS if session and kind in asked and is_open(session, kind, now)]
