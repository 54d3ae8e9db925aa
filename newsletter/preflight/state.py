"""Whether an issue may be sent: its latest preflight is about the current content, and has no open finding."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from newsletter.compose.composer import compose
from newsletter.compose.content import IssueContent
from newsletter.issues.editions import drafts_of
from newsletter.models import CheckOverride, Issue, IssuePage
from newsletter.preflight.findings import Finding, Level

CHANGED_SINCE = _(
    "Something the issue tells of has changed on the site since its words were frozen: a page was corrected, or nobody can enrol in a "
    "training any more. It leaves as it was frozen; “Back to a draft” takes the change up."
)


@dataclass(frozen=True, slots=True)
class ReviewedFinding:
    """A finding with its override, if any."""

    finding: Finding
    override: CheckOverride | None

    @property
    def is_open(self) -> bool:
        return self.finding.level is Level.STOP or (self.finding.level is Level.LOOK and self.override is None)


@dataclass(frozen=True, slots=True)
class State:
    """`is_current`: the checks ran on the current content."""

    is_current: bool
    findings: tuple[ReviewedFinding, ...]

    @property
    def is_green(self) -> bool:
        return self.is_current and not any(each.is_open for each in self.findings)

    @property
    def changed_since(self) -> str:
        """Warning that the site changed since the content was frozen; empty otherwise."""
        return "" if self.is_current else str(CHANGED_SINCE)

    @property
    def open_count(self) -> int:
        return sum(each.is_open for each in self.findings)


def digest_of(contents: Iterable[IssueContent]) -> str:
    """One hash of the content of all editions. Free seats are left out, they change every hour; whether one can enrol counts."""
    kept = [asdict(content) for content in contents]
    for content in kept:
        for section in content["sections"]:
            for item in section["items"]:
                item.pop("extra")
    return sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def state_of(issue: Issue, drafts: list[IssuePage] | None = None) -> State:
    """The latest run of the checks with its overrides."""
    latest = issue.preflights.order_by("-at", "-pk").first()
    if latest is None:
        return State(is_current=False, findings=())
    pages = drafts_of(issue) if drafts is None else drafts
    overrides = {override.finding: override for override in issue.overrides.select_related("by")}
    findings = [Finding.from_json(stored) for stored in latest.findings]
    reviewed = tuple(ReviewedFinding(finding, overrides.get(finding.key)) for finding in findings)
    return State(is_current=latest.digest == digest_of(compose(page) for page in pages), findings=reviewed)
