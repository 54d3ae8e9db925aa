"""Dates to follow: the sessions of the catalogue that answer its filters, as a calendar and as a feed."""
