"""URLs below /admin/report/ apart from the viewsets' own."""

from django.urls import path

from figures.backoffice.approval.approve import ApproveView
from figures.backoffice.approval.snapshots import CompareView
from figures.backoffice.documents.definitions import DefinitionsView
from figures.backoffice.documents.files import ReportFileView, SnapshotFileView
from figures.backoffice.documents.sentences import SentencesView
from figures.backoffice.report.rows import RowsFileView, RowsView
from figures.backoffice.report.views import ReportView

app_name = "figures_backoffice"
urlpatterns = [
    path("", ReportView.as_view(), name="report"),
    path("definitions/", DefinitionsView.as_view(), name="definitions"),
    path("<int:year>/figures.<str:wanted>", ReportFileView.as_view(), name="report_file"),
    path("<int:year>/approve/", ApproveView.as_view(), name="approve"),
    path("<int:year>/sentences/", SentencesView.as_view(), name="sentences"),
    path("<int:year>/<slug:key>/rows/", RowsView.as_view(), name="rows"),
    path("<int:year>/<slug:key>/rows.<str:wanted>", RowsFileView.as_view(), name="rows_file"),
    path("approved/<int:pk>/figures.<str:wanted>", SnapshotFileView.as_view(), name="snapshot_file"),
    path("approved/<int:pk>/since/<int:other>/", CompareView.as_view(), name="compare"),
]
