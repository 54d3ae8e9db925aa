"""Back-office screens of people: one person's history, and names of organisations as people type them."""
