"""Refusal messages used by several views."""

from typing import Any

from django.utils.translation import ngettext


def orders_left_open(orders: Any) -> list[str]:
    """What stays to be done with the open ones among `orders`, or nothing."""
    count = orders.open().count()
    text = ngettext(
        "%(count)s order is still open: send it, or cancel it so that the reader knows.",
        "%(count)s orders are still open: send them, or cancel them so that their readers know.",
        count,
    )
    return [text % {"count": count}] if count else []
