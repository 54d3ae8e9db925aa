"""Staff accounts: log-in, second factor, and roles as data."""
