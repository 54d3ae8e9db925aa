"""Numbers as they are read: thousands apart and the decimal sign of the language (`2 542,5`, `2.542,5`, `2,542.5`)."""

from decimal import Decimal

from django.utils.formats import number_format


def written_number(value: Decimal | float) -> str:
    """`value` in the active language, without useless zeros: 30.50 becomes 30,5 in French."""
    number = Decimal(str(value))
    places = max(0, -int(number.normalize().as_tuple().exponent))
    return number_format(number, decimal_pos=places, force_grouping=True)
