"""A few counters of these weeks; what was counted is invented."""

import datetime

from core import clock
from followup.activities.count import count_activity
from followup.activities.kinds import load_kinds
from followup.models import ActivityKind

# Kind, category, days ago, number.
COUNTED = (
    ("rep", "brusshelp", 3, 1),
    ("rep", "brusshelp", 17, 1),
    ("rep", "alias", 10, 1),
    ("rep", "lbsm", 24, 1),
    ("events_joined", "", 8, 1),
    ("debates", "", 30, 85),
    ("social_posts", "linkedin", 2, 3),
    ("social_posts", "facebook", 2, 2),
    ("pat_students", "", 12, 1),
    ("hf_material", "injection", 5, 40),
)


def build_counters() -> None:
    """Kinds, and what was counted lately."""
    load_kinds()
    kinds = {kind.slug: kind for kind in ActivityKind.objects.prefetch_related("categories")}
    for slug, code, ago, number in COUNTED:
        kind = kinds[slug]
        category = next((each for each in kind.categories.all() if each.code == code), None)
        count_activity(kind=kind, category=category, number=number, date=clock.today() - datetime.timedelta(days=ago), by=None)
