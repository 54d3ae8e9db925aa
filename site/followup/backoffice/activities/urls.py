"""URLs of the counters and sheets, apart from the viewsets' own."""

from django.urls import path

from followup.backoffice.activities.counters import CountersView, CountView, UndoView
from followup.backoffice.activities.overview import SheetsView
from followup.backoffice.activities.sheet import SheetView

app_name = "followup_activities"
urlpatterns = [
    path("counters/", CountersView.as_view(), name="counters"),
    path("counters/<slug:slug>/count/", CountView.as_view(), name="count"),
    path("counters/<uuid:tap>/undo/", UndoView.as_view(), name="undo"),
    path("sheets/", SheetsView.as_view(), name="sheets"),
    path("sheets/<slug:code>/<slug:team>/<int:year>/<int:month>/", SheetView.as_view(), name="sheet"),
]
