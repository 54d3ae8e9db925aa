"""Why a file is not read."""


class CannotRead(Exception):
    """The file is no table we understand; the text says why, in the reader's language, and names the row where there is one."""
