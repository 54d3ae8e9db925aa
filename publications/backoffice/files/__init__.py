"""Back-office screens that hand out files."""
