"""Back-office screens of the catalogues of years."""
