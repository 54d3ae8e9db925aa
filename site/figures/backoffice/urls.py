"""URLs below /admin/report/ apart from the viewsets' own."""

from django.urls import path

from figures.backoffice.approval.approve import ApproveView
from figures.backoffice.report.rows import RowsView
from figures.backoffice.report.views import ReportView

app_name = "figures_backoffice"
urlpatterns = [
    path("", ReportView.as_view(), name="report"),
    path("<int:year>/approve/", ApproveView.as_view(), name="approve"),
    path("<int:year>/<slug:key>/rows/", RowsView.as_view(), name="rows"),
]
