"""Back-office screens of notes: for the team of the file alone."""
