"""Belgium without a geocoder: municipalities, postal codes, projection and our own drawn map."""
