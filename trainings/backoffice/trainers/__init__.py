"""Back-office screens: a trainer's own page, the load of a year."""
