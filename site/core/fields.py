"""Custom model fields: random codes and tokens."""

import secrets
from typing import Any

from django.db import models
from wagtail.fields import StreamField

# Without 0/O, 1/I/L: read aloud and typed from paper without doubt.
READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class BodyField(StreamField):
    """A StreamField that keeps its block definitions out of migrations: blocks change weekly, the column never does."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        for key in ("block_types", "block_lookup", "block_counts", "min_num", "max_num", "collapsed"):
            kwargs.pop(key, None)
        return name, "core.fields.BodyField", [], kwargs

    def __init__(self, block_types: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(block_types or [], *args, **kwargs)


def secret_token() -> str:
    """43 URL-safe characters, 256 random bits: the key in a mailed link."""
    return secrets.token_urlsafe(32)


def short_token() -> str:
    """22 URL-safe characters, 128 random bits: the key of a link that must stay short."""
    return secrets.token_urlsafe(16)


def readable_code(length: int) -> str:
    """A random code a person can read aloud; 31 characters, so about 4.95 bits each."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def public_code() -> str:
    """12 readable characters (59 bits): the public code of a certificate."""
    return readable_code(12)


class TokenField(models.CharField):
    """A random secret, made once when the row is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 43)
        kwargs.setdefault("default", secret_token)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
