"""The RIZIV/INAMI number: `1-23456-CC-QQQ`, 11 digits. CC are check digits of the first six, QQQ is the qualification.

The check digits are the divisor less the remainder. The divisor was 97; since the first six digits ran out it is 89 for new numbers
(note I 2012/26 of RIZIV of 31 October 2012; for doctors since 1 April 2019, https://www.infohos.be/nl/blog/12189).
`stdnum.be` knows no such number.
"""

DIGITS = 11
DIVISORS = (97, 89)


def compact(typed: str) -> str:
    """Only the digits: people type hyphens, points, slashes and spaces."""
    return "".join(char for char in typed if char.isdecimal() and char.isascii())


def is_valid(number: str) -> bool:
    """Whether the check digits are right."""
    if len(number) != DIGITS or not (number.isascii() and number.isdecimal()):
        return False
    counted, check = int(number[:6]), int(number[6:8])
    return counted > 0 and any(divisor - counted % divisor == check for divisor in DIVISORS)


def shown(number: str) -> str:
    """`1-23456-78-004`."""
    return f"{number[0]}-{number[1:6]}-{number[6:8]}-{number[8:]}"
