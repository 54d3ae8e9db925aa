"""URL converters. A value that cannot be one of ours reaches neither a view nor the database."""

from django.urls import register_converter


class ReferenceConverter:
    """The reference of a session, an edition or an order, 8 readable characters; small letters are forgiven."""

    regex = "[A-Za-z0-9]{8}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


class TokenConverter:
    """The secret of a mailed link."""

    regex = "[A-Za-z0-9_-]{43}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ShortTokenConverter(TokenConverter):
    """The secret of a link that must stay short."""

    regex = "[A-Za-z0-9_-]{22}"


class SignedConverter(TokenConverter):
    """Something we signed."""

    regex = "[A-Za-z0-9_:.-]{20,200}"


def register() -> None:
    """Called once, when core is ready: every app may write `<reference:…>`, `<token:…>`, `<short_token:…>` and `<signed:…>`."""
    register_converter(ReferenceConverter, "reference")
    register_converter(TokenConverter, "token")
    register_converter(ShortTokenConverter, "short_token")
    register_converter(SignedConverter, "signed")
