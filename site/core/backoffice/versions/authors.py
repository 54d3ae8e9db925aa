"""Who changed a row since a form was opened, as far as the log knows."""

import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import registry

from core.text.dates import MOMENT, written


def changed_by(row: Any, *, since: datetime.datetime, reader: Any) -> str:
    """`Latest change: Marie Dupont, 30 November 2026, 13:05.` Empty where no entry is as young."""
    entry = registry.get_logs_for_instance(row).filter(timestamp__gte=since).select_related("user").order_by("-timestamp").first()
    if entry is None or entry.user is None:
        return ""
    who = _("you, in another window") if entry.user == reader else str(entry.user)
    return _("Latest change: %(who)s, %(when)s.") % {"who": who, "when": written(entry.timestamp, MOMENT)}
