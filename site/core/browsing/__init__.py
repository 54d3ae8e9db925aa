"""How a list is browsed: its state in the URL, facets with counts, chips of the chosen filters, sorting, pages.

Pure functions over rows in memory, without a query: meant for lists of up to about 2,000 rows.

An app describes its list once, as a `Browser`; the catalogue of trainings, the library and the map do so.
"""
