"""The library: browsing (see `core.browsing`), citations and metadata. Pure functions over rows, no queries."""
