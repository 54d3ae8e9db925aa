"""Writes the environment of a new site, with random secrets, into a folder: `python new_env.py smes.be .`; then fill in what is left.

`smes.env` is for the site, with containers and without; `.env` for compose.yaml alone: the proxy and the database need not know the
site's secrets. Needs Python alone: it runs before anything is installed.
"""

import os
import secrets
import sys
from pathlib import Path

SITE = """\
# The environment of the site (docs/deployment.md). Readable by its owner only: chmod 600.
DJANGO_SETTINGS_MODULE=config.settings.production
ALLOWED_HOSTS={host}
BASE_URL=https://{host}

# Keep these three apart from the backups, in two places. Never change ADDRESS_HASH_KEY. A lost key of notes is lost notes.
SECRET_KEY={secret_key}
ADDRESS_HASH_KEY={address_hash_key}
NOTES_KEYS={notes_key}

# With containers the host is `database`; the password stands in .env too.
DATABASE_URL=postgresql://smes:{password}@database/smes

# The mail server, and who writes.
SMTP_HOST=smtp.{host}
SMTP_PORT=587
SMTP_TLS=true
#SMTP_USER=
#SMTP_PASSWORD=
DEFAULT_FROM_EMAIL="Smes <noreply@{host}>"
NEWSLETTER_FROM="Smes <newsletter@{host}>"
NEWSLETTER_BOUNCE_DOMAIN=news.{host}

# How many proxies stand before the site.
TRUSTED_PROXY_COUNT=1
WEB_CONCURRENCY=2

# The public key of backups: `manage.py backup_key`, on another machine. Without one no backups are made.
#BACKUP_RECIPIENTS=age1…
BACKUP_KEEP_DAYS=30
"""


COMPOSE = """\
# What compose.yaml itself reads; it passes none of the site's secrets on.
SMES_VERSION=1.0.0
# The names of the site, as Caddy reads them: separated by a comma and a space.
SITE_HOSTS={host}
POSTGRES_PASSWORD={password}
# Where archives are written: a folder of this machine, owned by user 10001, that is copied away each day.
BACKUPS=/var/backups/smes
"""


def main(host: str, folder: Path) -> None:
    """Writes both, for their owner only; never over those of a site that runs."""
    values = {
        "host": host,
        "secret_key": secrets.token_urlsafe(50),
        "address_hash_key": secrets.token_urlsafe(40),
        "notes_key": secrets.token_urlsafe(40),
        "password": secrets.token_urlsafe(24),
    }
    for name, template in (("smes.env", SITE), (".env", COMPOSE)):
        try:
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            sys.exit(f"{folder / name} is there already: its secrets are those of a site. Nothing was written.")
        with os.fdopen(descriptor, "w", encoding="utf-8") as target:
            target.write(template.format(**values))


if __name__ == "__main__":
    if len(sys.argv) != 3 or "." not in sys.argv[1] or "/" in sys.argv[1]:
        sys.exit("Say the name of the host and a folder: new_env.py smes.be .")
    main(sys.argv[1], Path(sys.argv[2]))
