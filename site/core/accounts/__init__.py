"""Staff accounts: login, second factor, and roles as data."""
