"""URLs of the screens about translating; two stand in front of wagtail-localize's own, under the same path."""

from django.urls import URLPattern, URLResolver, include, path

from core.backoffice.translation.publishing import PublishAsItIsView
from core.backoffice.translation.report import LanguagesReportView
from core.backoffice.translation.submitting import SubmitPageView, UpdateView


def translation_urls() -> list[URLPattern | URLResolver]:
    """For `register_admin_urls`, before those of wagtail-localize."""
    own = [
        path("<int:page_id>/as-it-is/", PublishAsItIsView.as_view(), name="publish_as_it_is"),
        path("languages/", LanguagesReportView.as_view(), name="languages"),
        path("languages/results/", LanguagesReportView.as_view(results_only=True), name="languages_results"),
    ]
    return [
        path("localize/submit/page/<int:page_id>/", SubmitPageView.as_view(), name="core_submit_page"),
        path("localize/update/<int:translation_source_id>/", UpdateView.as_view(), name="core_update_translations"),
        path("translations/", include((own, "core_translation"))),
    ]
