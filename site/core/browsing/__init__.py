"""How a list is browsed: its state in the address, facets with counts, chips, orders, pages. Pure: rows in, no query.

An app describes its list once, as a `Browser`; the catalogue of trainings, the library and the map do so.
"""
