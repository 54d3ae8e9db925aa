"""Back-office screens of the moderation queue."""
