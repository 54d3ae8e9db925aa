"""Back-office screens of mails by rule and of messages to a session."""
