"""A file of places, checked or applied, with a report for each row."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from cartography.backoffice.forms import ImportForm
from cartography.backoffice.permissions import ADD_PLACES
from cartography.importing.reading import UnreadableFile
from cartography.importing.run import Outcome, import_places
from cartography.models import Place
from core import clock
from core.backoffice.permissions import staff
from core.backoffice.screens import ListingScreen


class ImportView(ListingScreen, FormView):
    """GET shows the form, POST reads the file. A dry run writes nothing."""

    model = Place
    viewset_name = "cartography_places"
    permission = ADD_PLACES
    template_name = "cartography/backoffice/import.html"
    form_class = ImportForm
    page_title = gettext_lazy("Import places")
    header_icon = "upload"

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
