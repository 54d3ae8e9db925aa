"""A file of places, checked or applied, with a report for each row."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cartography.backoffice.forms import ImportForm
from cartography.backoffice.permissions import ADD_PLACES
from cartography.importing.reading import UnreadableFile
from cartography.importing.run import Outcome, import_places
from core import clock
from core.backoffice.permissions import RequiresPermission, staff


class ImportView(RequiresPermission, WagtailAdminTemplateMixin, FormView):
    """GET shows the form, POST reads the file. A dry run writes nothing."""

    permission = ADD_PLACES
    template_name = "cartography/backoffice/import.html"
    form_class = ImportForm
    page_title = gettext_lazy("Import places")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listing = {"url": reverse("cartography_places:index"), "label": _("Places")}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": str(self.page_title)}]

    def form_valid(self, form: Any) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            report = import_places(
                content=file.read(),
                source=file.name[:200],
                is_dry_run=form.cleaned_data["is_dry_run"],
                now=clock.now(),
                by=staff(self.request),
            )
        except UnreadableFile as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        told = [row for row in report.rows if row.outcome != Outcome.SAME]
        return self.render_to_response(self.get_context_data(form=form, report=report, told=told, file_name=file.name))
