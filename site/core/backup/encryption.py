"""Archives are age files (https://age-encryption.org/v1): whoever holds the private key opens one with the program `age` too.

The site knows public keys only. Data passes through a pipe beside a thread: however large an archive, memory stays flat.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyrage
from pyrage import x25519

from core.backup.errors import BackupFailed, RestoreRefused

MAGIC = b"age-encryption.org/v1\n"
BROKEN = "The archive is broken or cut short: what is left of it does not open. Take another copy."


def new_key() -> tuple[str, str]:
    """A pair of keys: the public one (`age1…`) and the private one (`AGE-SECRET-KEY-1…`)."""
    identity = x25519.Identity.generate()
    return str(identity.to_public()), str(identity)


def read_recipients(keys: Sequence[str]) -> list[x25519.Recipient]:
    """Raises BackupFailed when there is none, or one is no public key."""
    if not keys:
        raise BackupFailed("Set BACKUP_RECIPIENTS to the public key backups are encrypted for; `manage.py backup_key` makes a pair.")
    try:
        return [x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError as error:
        raise BackupFailed("BACKUP_RECIPIENTS holds something that is no public key of age (age1…).") from error


def read_identities(path: Path) -> list[x25519.Identity]:
    """The private keys of a file, one a line; lines of comment begin with #. Raises RestoreRefused."""
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
        identities = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise RestoreRefused(f"{path} cannot be read as a private key of age (AGE-SECRET-KEY-1…).") from error
    if not identities:
        raise RestoreRefused(f"{path} holds no private key.")
    return identities


@contextmanager
def encrypting(target: BinaryIO, recipients: Sequence[x25519.Recipient]) -> Iterator[BinaryIO]:
    """A file: what is written to it leaves encrypted, to `target`."""
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1, "encryption") as pool:
        work = pool.submit(_encrypt, reading, target, recipients)
        try:
            with os.fdopen(writing, "wb") as entrance:
                yield entrance
        except BrokenPipeError as error:  # the thread ended first, and knows why
            raise BackupFailed(f"The archive cannot be written: {work.exception()}") from error
        work.result()


@contextmanager
def decrypting(source: BinaryIO, identities: Sequence[x25519.Identity]) -> Iterator[BinaryIO]:
    """A file to read what is in the archive `source`, to its end. Raises RestoreRefused for one that does not open as a whole."""
    if source.read(len(MAGIC)) != MAGIC:
        raise RestoreRefused("This file is no backup of the site: it is not encrypted by age.")
    source.seek(0)
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1, "decryption") as pool:
        work = pool.submit(_decrypt, source, writing, identities)
        try:
            with os.fdopen(reading, "rb") as exit_:
                yield exit_
                while exit_.read(1 << 20):  # only the last chunk proves that nothing is missing
                    pass
        except Exception:
            _raise_refusal(work)  # what made the reader stumble
            raise
        _raise_refusal(work)


def _encrypt(reading: int, target: BinaryIO, recipients: Sequence[x25519.Recipient]) -> None:
    with os.fdopen(reading, "rb") as source:
        pyrage.encrypt_io(source, target, recipients)


def _decrypt(source: BinaryIO, writing: int, identities: Sequence[x25519.Identity]) -> None:
    with os.fdopen(writing, "wb") as target:
        pyrage.decrypt_io(source, target, identities)


def _raise_refusal(work: "Future[None]") -> None:
    error = work.exception()
    if isinstance(error, pyrage.DecryptError) and "No matching keys" in str(error):
        raise RestoreRefused("The archive was encrypted for another key than the one given.") from error
    if isinstance(error, pyrage.DecryptError | OSError) and not isinstance(error, BrokenPipeError):
        raise RestoreRefused(BROKEN) from error
