"""Sending the newsletter (docs/newsletter.md). Its mails leave through MAILERS["newsletter"], else through the default."""

from config import env

NEWSLETTER_FROM = env.text("NEWSLETTER_FROM", "Smes <newsletter@smes.example.org>")
NEWSLETTER_REPLY_TO = env.text("NEWSLETTER_REPLY_TO", "")
# Bounces come to addresses of this domain, one a delivery (newsletter.bounces.verp).
NEWSLETTER_BOUNCE_DOMAIN = env.text("NEWSLETTER_BOUNCE_DOMAIN", "news.smes.example.org")

# Mails a second and sender; 0: as fast as the mail server takes them. Providers accept far more than ten.
NEWSLETTER_RATE = env.number("NEWSLETTER_RATE", 10)
# How many workers may send one issue at the same time.
NEWSLETTER_SENDERS = env.number("NEWSLETTER_SENDERS", 1)
# A slice ends after so many seconds, so that a confirmation never waits behind a whole issue.
NEWSLETTER_SLICE_SECONDS = 15
# A mail in hand for longer than this has lost its sender. Well above what a mail server may take to answer.
NEWSLETTER_CLAIM_SECONDS = 180
# Multiplies the waits before a missing mail server pauses the issue; tests set it to 0.
NEWSLETTER_DB_RETRY_SECONDS = 1.0
# Somebody else than the person who pressed Send must agree.
NEWSLETTER_FOUR_EYES = env.flag("NEWSLETTER_FOUR_EYES", False)

# The mailbox that gets what is sent to NEWSLETTER_BOUNCE_DOMAIN (process_bounces); empty where a provider tells us by webhook.
NEWSLETTER_BOUNCE_POP_HOST = env.text("NEWSLETTER_BOUNCE_POP_HOST", "")
NEWSLETTER_BOUNCE_POP_PORT = env.number("NEWSLETTER_BOUNCE_POP_PORT", 995)
NEWSLETTER_BOUNCE_POP_USER = env.text("NEWSLETTER_BOUNCE_POP_USER", "")
NEWSLETTER_BOUNCE_POP_PASSWORD = env.text("NEWSLETTER_BOUNCE_POP_PASSWORD", "")
NEWSLETTER_BOUNCE_POP_TLS = env.flag("NEWSLETTER_BOUNCE_POP_TLS", True)

# Providers' webhooks (django-anymail) are open only where a secret is set: `user:password`, sent with each call.
NEWSLETTER_WEBHOOK_SECRET = env.text("NEWSLETTER_WEBHOOK_SECRET", "")
ANYMAIL = {"WEBHOOK_SECRET": NEWSLETTER_WEBHOOK_SECRET}
