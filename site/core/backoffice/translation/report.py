"""The report on languages: every public French page, and how far it is in Dutch and English."""

from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page, get_page_content_types
from wagtail.permissions import page_permission_policy

from core.backoffice.page_access import WORKING
from core.files.spreadsheets import SafeExportMixin
from core.languages import NAMES
from core.translation.overview import TARGETS, Standing, counts_of, with_standings


@dataclass(frozen=True, slots=True)
class Version:
    """A page in one language, and where one goes to work on it."""

    standing: Standing
    url: str


class StandingFilter(django_filters.ChoiceFilter):
    """How pages stand in one language."""

    def __init__(self, language: Any) -> None:
        super().__init__(field_name=f"standing_{language}", label=NAMES[language], choices=Standing.choices)


class LanguagesFilterSet(WagtailFilterSet):
    """A filter for each language, and the type of the page."""

    content_type = ContentTypeFilter(label=_("Type"), queryset=lambda request: get_page_content_types(include_base_page_type=False))

    class Meta:
        model = Page
        fields: ClassVar = ["content_type"]


LanguagesFilterSet.base_filters |= {f"in_{language}": StandingFilter(language) for language in TARGETS}


class LanguagesReportView(SafeExportMixin, PageReportView):
    """Pages as rows, languages as columns; above them how many stand how, of all pages the user may see."""

    results_template_name = "core/backoffice/translation/languages_report.html"
    page_title = _("Languages of pages")
    header_icon = "wagtail-localize-language"
    filterset_class = LanguagesFilterSet
    index_url_name = "core_translation:languages"
    index_results_url_name = "core_translation:languages_results"
    permission_policy = page_permission_policy
    any_permission_required = WORKING
    list_export: ClassVar = ["title", "last_published_at", *(f"standing_{language}" for language in TARGETS)]
    export_headings: ClassVar = {
        "last_published_at": _("Last published"),
        **{f"standing_{language}": language.label for language in TARGETS},
    }

    def get_queryset(self) -> Any:
        mine = page_permission_policy.explorable_instances(self.request.user)
        self.queryset = with_standings(mine).select_related("content_type").order_by("-last_published_at", "title")
        return super().get_queryset()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        counts = counts_of(with_standings(page_permission_policy.explorable_instances(self.request.user)))
        return context | {"languages": TARGETS, "counts": counts}

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for page in object_list:
            page.versions = [_version(page, language) for language in TARGETS]
        return object_list


def _version(page: Any, language: str) -> Version:
    pk = getattr(page, f"version_{language}")
    url = (
        reverse("wagtailadmin_pages:edit", args=[pk])
        if pk
        else f"{reverse('wagtail_localize:submit_page_translation', args=[page.pk])}?select_locale={language}"
    )
    return Version(Standing(getattr(page, f"standing_{language}")), url)
