"""Permissions of these screens. Nothing compares group names."""

from typing import Any

from followup.activities.sheets import Sheet

VIEW_ACTIVITIES = "followup.view_activity"
COUNT_ACTIVITIES = "followup.add_activity"
CHANGE_ACTIVITIES = "followup.change_activity"
VIEW_SHEETS = "followup.view_countsheet"
FILL_IN_SHEETS = "followup.change_countsheet"


def may_see(user: Any, sheet: Sheet) -> bool:
    """The sheet of funding is for few."""
    return bool(user.has_perm(VIEW_SHEETS)) and (not sheet.permission or bool(user.has_perm(sheet.permission)))


def may_fill_in(user: Any, sheet: Sheet) -> bool:
    return may_see(user, sheet) and bool(user.has_perm(FILL_IN_SHEETS))
