"""Browsing of the map: entries, facets, one page of the list. Pure functions over rows, no queries."""
