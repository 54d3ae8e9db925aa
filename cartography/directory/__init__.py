"""How the map is browsed: entries, facets, one page of the list, clusters of points. Pure: rows in, no query."""
