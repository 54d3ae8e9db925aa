"""Tags of the log-in pages."""

from django import template

from core.accounts.staff import administrators

register = template.Library()


@register.inclusion_tag("account/lost_second_factor.html")
def lost_second_factor() -> dict[str, list[str]]:
    """For who has given the right password and has no factor at hand: names of people, no emails."""
    return {"administrators": [user.get_full_name() for user in administrators() if user.get_full_name()]}
