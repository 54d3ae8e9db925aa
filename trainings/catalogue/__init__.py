"""Browsing of the catalogue (see `core.browsing`): entries with offers, facets, structured data. Pure functions over rows, no queries."""
