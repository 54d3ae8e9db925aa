"""Who sees and does what. Views ask here; nobody compares names of groups."""

VIEW_PLACES = "cartography.view_place"
ADD_PLACES = "cartography.add_place"
CHANGE_PLACES = "cartography.change_place"
VIEW_SUBMISSIONS = "cartography.view_submission"
DECIDE = "cartography.change_submission"
