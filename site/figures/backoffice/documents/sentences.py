"""The report's sentences in French and Dutch, ready to paste; each number leads to its figure."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.languages import language_name
from figures.backoffice.report.scope import ScopeMixin
from figures.documents.sentences import LANGUAGES, Sentence, sentences
from figures.report.canonical import from_bytes
from figures.report.reading import read_report
from figures.report.year_before import approved


class SentencesView(ScopeMixin, WagtailAdminTemplateMixin, TemplateView):
    """Of what was approved; where nothing is, of what is counted now."""

    template_name = "figures/backoffice/sentences.html"
    page_title = gettext_lazy("Sentences of the report")
    header_icon = "edit"

    @property
    def report_url(self) -> str:
        return f"{reverse('figures_backoffice:report')}{self.query(year=str(self.year))}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": self.report_url, "label": _("Report of a year")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]

    def get_page_subtitle(self) -> str:
        return str(self.year)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot = approved(self.scope)
        report = from_bytes(snapshot.content) if snapshot else read_report(self.scope)
        told = [(code, language_name(code), [self._linked(each) for each in sentences(report, code)]) for code in LANGUAGES]
        return super().get_context_data(**kwargs) | {"told": told, "snapshot": snapshot}

    def _linked(self, sentence: Sentence) -> list[tuple[str, str]]:
        """Each piece of its text; a number leads to its figure."""
        return [(piece.text, f"{self.report_url}#{piece.key}" if piece.key else "") for piece in sentence.pieces]
