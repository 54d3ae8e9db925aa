"""Public URLs of the map, below the language; their words are translated."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from cartography.open_data import views as data
from cartography.places import embed
from cartography.places import views as places
from cartography.submissions import contribute, organisation_page

app_name = "cartography"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("peer-support/places/<slug:slug>/"), places.place, name="place"),
    path(_("peer-support/places/<slug:slug>/report/"), contribute.report, name="report"),
    path(_("peer-support/places/<slug:slug>/change/"), contribute.request_edit_link, name="request_edit_link"),
    path(_("peer-support/propose/"), contribute.propose, name="propose"),
    path(_("peer-support/propose/confirm/<token:token>/"), contribute.ConfirmProposalView.as_view(), name="confirm_proposal"),
    path(_("peer-support/our-place/<token:token>/"), organisation_page.OwnPlaceView.as_view(), name="own_place"),
    path(_("peer-support/our-place/<token:token>/still-right/"), organisation_page.ConfirmCurrentView.as_view(), name="confirm_current"),
    path(_("peer-support/our-place/<token:token>/change/"), organisation_page.ChangePlaceView.as_view(), name="change_place"),
    path(_("peer-support/print/"), places.print_sheet, name="print"),
    path(_("peer-support/freshness/"), places.freshness, name="freshness"),
    path(_("peer-support/embed/"), embed.embed, name="embed"),
    path("peer-support/places.geojson", data.geojson, name="geojson"),
    path("peer-support/places.csv", data.csv, name="csv"),
    path("peer-support/places-be.csv", data.belgian_csv, name="belgian_csv"),
]
