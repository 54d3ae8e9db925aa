"""Outgoing mail. Each mail is stored first (`core.models.mail.OutgoingMail`) and sent through the mailer named here."""

from config import env

DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Smes <noreply@smes.example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# At most one confirmation mail an hour and three a day to one email, across all public forms.
MAIL_LIMIT_PER_HOUR = 1
MAIL_LIMIT_PER_DAY = 3

# Key of the hashes of emails that left the newsletter. Never change it once set. Empty: SECRET_KEY (development).
ADDRESS_HASH_KEY = env.text("ADDRESS_HASH_KEY", "")

# Seconds between two looks whether a mail server that went away is back; all mails wait together (core.mail.outage).
MAIL_SERVER_PAUSES = (30.0, 60.0, 120.0, 300.0)
