"""Addresses of the map, below the language; their words are translated like any other."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from cartography.views import data, embed, own, places, take_part

app_name = "cartography"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("peer-support/places/<slug:slug>/"), places.place, name="place"),
    path(_("peer-support/places/<slug:slug>/report/"), take_part.report, name="report"),
    path(_("peer-support/places/<slug:slug>/change/"), take_part.request_edit_link, name="request_edit_link"),
    path(_("peer-support/propose/"), take_part.propose, name="propose"),
    path(_("peer-support/propose/confirm/<token:token>/"), take_part.confirm_proposal, name="confirm_proposal"),
    path(_("peer-support/our-place/<token:token>/"), own.own_place, name="own_place"),
    path(_("peer-support/our-place/<token:token>/still-right/"), own.still_right, name="still_right"),
    path(_("peer-support/our-place/<token:token>/change/"), own.change_place, name="change_place"),
    path(_("peer-support/print/"), places.print_sheet, name="print"),
    path(_("peer-support/freshness/"), places.freshness, name="freshness"),
    path(_("peer-support/embed/"), embed.embed, name="embed"),
    path("peer-support/places.geojson", data.geojson, name="geojson"),
    path("peer-support/places.csv", data.csv, name="csv"),
]
