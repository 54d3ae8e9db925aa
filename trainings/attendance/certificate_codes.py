"""The code of a certificate, as people read and type it."""

from core.fields import READABLE

GROUP = 4
LENGTH = 12


def shown_code(code: str) -> str:
    """`ABCDEFGH2345` as `ABCD-EFGH-2345`."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def parsed_code(typed: str) -> str:
    """The code somebody typed, whatever its case, spaces and dashes; empty when it cannot be one."""
    code = "".join(char for char in typed.upper() if char.isalnum())
    return code if len(code) == LENGTH and all(char in READABLE for char in code) else ""
