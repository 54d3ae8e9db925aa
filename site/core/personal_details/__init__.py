"""What looks like a person's details in a text, and a form that asks before it keeps it."""
