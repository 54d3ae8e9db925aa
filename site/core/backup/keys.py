"""The secrets a backup is worthless without. The archive knows their fingerprints, never themselves."""

import hashlib
import hmac
from collections.abc import Collection, Mapping

from django.conf import settings

from core.backup.errors import RestoreRefused

# What a restored site lacks when it has another value. Shape: {setting: loss}.
LOSSES = {
    "SECRET_KEY": "log-ins end; mailed links to “my trainings” and to evaluations no longer open",
    "ADDRESS_HASH_KEY": "whoever left the newsletter is no longer recognised, and could be written to again",
    "NOTES_KEYS": "notes on files cannot be read, by anybody, ever again",
}


def fingerprints() -> dict[str, list[str]]:
    """Of the secrets at hand, by setting."""
    return {name: [_fingerprint(name, secret) for secret in secrets] for name, secrets in _secrets().items()}


def missing(wanted: Mapping[str, Collection[str]]) -> list[str]:
    """The settings under which the site that made a backup had a secret that is not at hand."""
    here = fingerprints()
    return [name for name in LOSSES if not set(wanted.get(name, [])) <= set(here[name])]


def check_keys(wanted: Mapping[str, Collection[str]], *, given_up: Collection[str] = ()) -> None:
    """Raises RestoreRefused, unless what is missing was given up by name."""
    lost = [name for name in missing(wanted) if name not in given_up]
    if lost:
        losses = "".join(f"\n- {name}: {LOSSES[name]}" for name in lost)
        words = " ".join(f"--without-key {name}" for name in lost)
        raise RestoreRefused(
            f"The site that made this backup had other secrets. Set them as they were; else this is lost:{losses}\n"
            f"To restore without: {words}"
        )


def _secrets() -> dict[str, list[str]]:
    return {
        "SECRET_KEY": [settings.SECRET_KEY],
        "ADDRESS_HASH_KEY": [settings.ADDRESS_HASH_KEY or settings.SECRET_KEY],
        "NOTES_KEYS": list(settings.NOTES_KEYS),
    }


def _fingerprint(name: str, secret: str) -> str:
    """Tells secrets apart and gives none away; the same secret under two names has two."""
    return hmac.new(secret.encode(), f"core.backup {name}".encode(), hashlib.sha256).hexdigest()[:20]
