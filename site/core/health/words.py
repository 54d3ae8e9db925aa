"""What an incident is called, what it means and what to do, in the active language."""

from dataclasses import dataclass
from typing import Self

from core.health.findings import UNKNOWN, Finding
from core.health.registry import Check, get
from core.models import Incident


@dataclass(frozen=True, slots=True)
class Words:
    """Of one trouble, for people."""

    label: str
    reason: str
    advice: str

    @classmethod
    def of_incident(cls, incident: Incident) -> Self:
        """Of a check this version does not know, its codes."""
        check = get(incident.check_name)
        return cls._of(check, incident.reason) if check else cls(incident.check_name, incident.reason, "")

    @classmethod
    def of_finding(cls, finding: Finding) -> Self:
        return cls._of(finding.check, finding.reason)

    @classmethod
    def _of(cls, check: Check, reason: str) -> Self:
        return cls(str(check.label), str(check.reasons.get(reason, "" if reason == UNKNOWN else reason)), str(check.advice))
