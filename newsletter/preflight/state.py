"""Whether an issue may leave."""

from typing import Any

from newsletter.models import Issue


def open_findings(issue: Issue) -> list[dict[str, Any]]:
    """PROVISIONAL"""
    return []
