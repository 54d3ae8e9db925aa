"""Typed reading of the environment: a wrong or missing value stops the start with a message that names the variable."""

import ipaddress
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]


def text(name: str, default: str | None = None) -> str:
    """The variable as written; raises ImproperlyConfigured when it is missing and has no default."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see docs/deployment.md).")
    return value


def strings(name: str, default: str | None = "") -> list[str]:
    """A comma-separated list, blanks dropped; without a default it must be set."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def flag(name: str, default: bool = False) -> bool:
    """`1`, `true`, `yes`, `on` and their opposites; raises ImproperlyConfigured for any other word."""
    value = text(name, str(default)).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def number(name: str, default: int) -> int:
    """A whole number; raises ImproperlyConfigured otherwise."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def networks(name: str) -> list[str]:
    """Networks as CIDR, separated by commas (`10.0.0.0/8, fd00::/8`); raises ImproperlyConfigured for anything else."""
    found = strings(name)
    for each in found:
        try:
            ipaddress.ip_network(each)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} must hold networks like 10.0.0.0/8, not {each!r}.") from error
    return found


def kept_secret(name: str, path: Path) -> str:
    """The variable, else a random secret made once and kept in `path`: the demo's sessions survive a restart."""
    if name in os.environ:
        return os.environ[name]
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()
