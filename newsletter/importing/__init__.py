"""Lists of readers brought from elsewhere: reading the file, judging its lines."""
