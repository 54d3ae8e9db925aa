"""How the catalogue is browsed (see `core.browsing`): entries with their offers, facets, structured data. Pure: rows in, no query."""
