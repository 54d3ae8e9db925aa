"""What an operator may read of the running site (docs/operations.md)."""

from config import env

# Prometheus sends it with each reading of /metrics; without one, the page does not exist.
METRICS_TOKEN = env.text("METRICS_TOKEN", "")
# Where somebody who found a hole writes to (RFC 9116): an email address or a URL. Empty: the contact page.
SECURITY_CONTACT = env.text("SECURITY_CONTACT", "")
