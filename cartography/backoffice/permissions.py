"""Permissions of the map's admin views. Nothing compares group names."""

VIEW_PLACES = "cartography.view_place"
ADD_PLACES = "cartography.add_place"
CHANGE_PLACES = "cartography.change_place"
VIEW_SUBMISSIONS = "cartography.view_submission"
DECIDE = "cartography.change_submission"
