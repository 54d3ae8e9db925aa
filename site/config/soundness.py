"""A public server does not start with a value that is missing or dangerous: one message names all of them (docs/deployment.md)."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

REQUIRED = ("SECRET_KEY", "ADDRESS_HASH_KEY", "NOTES_KEYS", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL", "SMTP_HOST")
# At least so many characters; Django asks as much of SECRET_KEY.
SECRETS = {"SECRET_KEY": 50, "ADDRESS_HASH_KEY": 32, "NOTES_KEYS": 32}
DIFFERENT_CHARACTERS = 5
NUMBERS = (
    "SMTP_PORT",
    "TRUSTED_PROXY_COUNT",
    "WEB_CONCURRENCY",
    "NEWSLETTER_RATE",
    "NEWSLETTER_SENDERS",
    "BACKUP_KEEP_DAYS",
    "BACKUP_LATE_HOURS",
)
FLAGS = ("SMTP_TLS", "NEWSLETTER_FOUR_EYES", "NEWSLETTER_BOUNCE_POP_TLS")
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def refuse_unsound(environment: Mapping[str, str]) -> None:
    """Raises ImproperlyConfigured with every problem there is. No value is repeated: logs are read by many."""
    if found := list(problems(environment)):
        lines = "".join(f"\n- {each}" for each in found)
        raise ImproperlyConfigured(f"The site does not start, {len(found)} settings need a look (docs/deployment.md):{lines}")


def problems(environment: Mapping[str, str]) -> Iterator[str]:
    """One sentence each, beginning with the variable."""
    for name in REQUIRED:
        if not environment.get(name, "").strip(" ,"):
            yield f"{name} is missing."
    yield from _secrets(environment)
    yield from _hosts(environment)
    yield from _surroundings(environment)
    yield from _types(environment)


def _words(environment: Mapping[str, str], name: str) -> list[str]:
    return [word.strip() for word in environment.get(name, "").split(",") if word.strip()]


def _secrets(environment: Mapping[str, str]) -> Iterator[str]:
    used: dict[str, str] = {}
    for name, length in SECRETS.items():
        secrets = _words(environment, name) if name.endswith("S") else [environment.get(name, "")]
        for secret in filter(None, secrets):
            if len(secret) < length:
                yield f"{name} is too short: {length} random characters at least."
            elif len(set(secret)) < DIFFERENT_CHARACTERS or secret.startswith(("django-insecure", "only-for-")):
                yield f"{name} can be guessed: make a random one."
            if used.get(secret, name) != name:
                yield f"{name} is the same as {used[secret]}: each purpose needs a secret of its own."
            used.setdefault(secret, name)


def _hosts(environment: Mapping[str, str]) -> Iterator[str]:
    hosts = _words(environment, "ALLOWED_HOSTS")
    if any("*" in host or host.startswith(".") for host in hosts):
        yield "ALLOWED_HOSTS must name each host: with * or a leading dot, anybody's name is taken for the site's."
    if any("/" in host or ":" in host for host in hosts):
        yield "ALLOWED_HOSTS holds names only, without https:// and without a port."
    url = urlsplit(environment.get("BASE_URL", ""))
    if not url.netloc:
        return
    if url.scheme != "https":
        yield "BASE_URL must begin with https://: it stands in every mailed link."
    if url.path.strip("/") or url.query:
        yield "BASE_URL is the host alone, without a path."
    if hosts and url.hostname not in hosts:
        yield "BASE_URL names a host that is not in ALLOWED_HOSTS: every mailed link would be refused."


def _surroundings(environment: Mapping[str, str]) -> Iterator[str]:
    if environment.get("DEBUG", "").lower() in YES:
        yield "DEBUG must not be set on a public server."
    if (url := environment.get("DATABASE_URL", "")) and not url.startswith(("postgresql://", "postgres://")):
        yield "DATABASE_URL must name a PostgreSQL: SQLite is for the demo."
    if environment.get("SMTP_TLS", "true").lower() in NO and environment.get("SMTP_HOST", "") not in THIS_MACHINE:
        yield "SMTP_TLS is off: mails and the password of SMTP_HOST would cross the network in the clear."
    if bool(environment.get("SMTP_USER")) != bool(environment.get("SMTP_PASSWORD")):
        yield "SMTP_USER and SMTP_PASSWORD are set together or not at all."
    if environment.get("TRUSTED_PROXY_COUNT", "1").strip() == "0":
        yield "TRUSTED_PROXY_COUNT is 0: behind a proxy, all visitors would share one client IP and its limits."
    if any(not key.startswith("age1") for key in _words(environment, "BACKUP_RECIPIENTS")):
        yield "BACKUP_RECIPIENTS holds something else than public keys (age1…); a private key never stands on the server."


def _types(environment: Mapping[str, str]) -> Iterator[str]:
    for name in NUMBERS:
        if name in environment and not environment[name].strip().isdecimal():
            yield f"{name} must be a whole number."
    for name in FLAGS:
        if environment.get(name, "").lower() not in YES | NO:
            yield f"{name} must be true or false."
