"""Numbers as people write them."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def figure(value: Decimal | float) -> str:
    """A number in the reader's language: grouped thousands, decimals only where there are some."""
    number = Decimal(str(value)).normalize()
    places = max(0, -int(number.as_tuple().exponent))
    return str(number_format(number, decimal_pos=min(places, 2), use_l10n=True, force_grouping=True))
