"""Who may have a seat: pure rules, rows in, no query. Read by pages, selectors and services alike."""
