"""Reads of the map that others may use: the home page, the newsletter, the sitemap."""

from cartography.selectors.places import drawn_map, latest_places, map_page, place_counts, visible_places

__all__ = ["drawn_map", "latest_places", "map_page", "place_counts", "visible_places"]
