"""Publications in the Wagtail admin: works, editions with their files and stock, the queue of orders."""
