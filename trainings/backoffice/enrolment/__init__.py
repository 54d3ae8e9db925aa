"""Back-office screens of enrolments and of the people enrolled."""
