"""How the catalogue is browsed: the state in the address, entries, facets, one page of cards. Pure: rows in, no query."""
