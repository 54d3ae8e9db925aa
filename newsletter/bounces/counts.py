"""What came back of one issue, for its page."""

from typing import Any

from newsletter.enums.bounces import BounceReason, kind_of
from newsletter.models import Bounce, Issue

SHOWN = 20


def bounces_of(issue: Issue) -> dict[str, Any] | None:
    """How many for which reason, and the latest; None where nothing came back."""
    found = Bounce.objects.of_deliveries(issue.deliveries.all())
    counts = found.standing().by_reason()
    latest = list(found.select_related("subscriber")[:SHOWN])
    if not latest:
        return None
    reasons = [(BounceReason(reason), count) for reason, count in counts.items() if reason]
    lines = [{"label": reason.label, "kind": kind_of(reason).label, "count": count} for reason, count in reasons]
    return {"by_reason": lines, "latest": latest}
