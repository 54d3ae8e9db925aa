"""Parts of addresses of trainings."""


class ReferenceConverter:
    """The reference of a session, 8 readable signs; small letters are forgiven."""

    regex = "[A-Za-z0-9]{8}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value
