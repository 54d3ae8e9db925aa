"""What the page cache did in this process, for the metrics."""

from collections import Counter

counts: Counter[str] = Counter()


def statistics() -> dict[str, int]:
    """`hits`, `misses` (kept since), `refusals` (pages that may not be kept) and `failures` (the database did not answer)."""
    return {name: counts[name] for name in ("hits", "misses", "refusals", "failures")}
