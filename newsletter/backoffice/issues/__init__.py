"""Issues in the back-office: the listing, and every screen of one issue."""
