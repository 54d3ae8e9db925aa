"""The back-office of the map, in the Wagtail admin."""
