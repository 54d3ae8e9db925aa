"""The places as open data: GeoJSON and CSV."""
