"""Belgian geography without a geocoder: municipalities, postal codes, projection, and the drawn map."""
