"""URLs below /admin/map/ apart from the viewsets' own."""

from django.urls import path

from cartography.backoffice.importing import views as imports
from cartography.backoffice.places import statistics
from cartography.backoffice.places import views as places
from cartography.backoffice.submissions import views as submissions

app_name = "cartography_backoffice"
urlpatterns = [
    path("places/<int:pk>/publish/", places.PublishPlaceView.as_view(), name="publish_place"),
    path("places/<int:pk>/check/", places.CheckPlaceView.as_view(), name="check_place"),
    path("places/<int:pk>/withdraw/", places.WithdrawPlaceView.as_view(), name="withdraw_place"),
    path("places/<int:pk>/reopen/", places.ReopenPlaceView.as_view(), name="reopen_place"),
    path("queue/<int:pk>/accept/", submissions.AcceptView.as_view(), name="accept"),
    path("queue/<int:pk>/refuse/", submissions.RefuseView.as_view(), name="refuse"),
    path("statistics/", statistics.StatisticsView.as_view(), name="statistics"),
    path("imports/<int:pk>/decide/", imports.DecideRowsView.as_view(), name="decide_rows"),
    path("imports/<int:pk>/begin/", imports.BeginImportView.as_view(), name="begin_import"),
    path("imports/<int:pk>/cancel/", imports.CancelImportView.as_view(), name="cancel_import"),
]
