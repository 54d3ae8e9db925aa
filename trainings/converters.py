"""Parts of addresses. What cannot be one of ours never reaches a view, nor the database."""


class ReferenceConverter:
    """The reference of a session, 8 readable signs; small letters are forgiven."""

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


class SignedConverter(TokenConverter):
    """Something we signed."""

    regex = "[A-Za-z0-9_:.-]{20,200}"
