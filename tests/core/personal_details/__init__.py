"""What looks like a person's details."""
