"""How the site is: checks, incidents, and who is told. Read by `/healthz`, by the back-office and by the workers."""
