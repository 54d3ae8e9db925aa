"""How the library is browsed (see `core.browsing`), cited and described to machines. Pure: rows in, no query."""
