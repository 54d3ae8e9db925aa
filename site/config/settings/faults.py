"""What the site stands on may be away (docs/faults.md)."""

from config import env

# Less room than this on the disk of VAR_DIR is told to those who see incidents.
DISK_FREE_MEGABYTES = env.number("DISK_FREE_MEGABYTES", 500)
# Seconds between two looks whether a mail server that went away is back; all mails wait together (core.mail.outage).
MAIL_SERVER_PAUSES = (30.0, 60.0, 120.0, 300.0)
# A machine that vanished does not say no: nobody waits longer for the database than this (options of libpq; the second in milliseconds).
DATABASE_PATIENCE = {
    "connect_timeout": 5,
    "tcp_user_timeout": 20_000,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
