"""Runs the checks, and overrides their findings."""

import datetime

from bs4 import BeautifulSoup
from django.conf import settings
from django.db import transaction

from core.links.reachable import Try, try_url
from core.models import User
from core.web.absolute_urls import base_url
from newsletter.addresses import sender_domain
from newsletter.compose.composer import compose
from newsletter.compose.previews import SAMPLE_TOKEN, frame_for
from newsletter.compose.rendering import render_content
from newsletter.issues.editions import drafts_of
from newsletter.issues.status import lock_issue
from newsletter.links import unsubscribe_url
from newsletter.models import CheckOverride, Issue, IssuePage, Preflight
from newsletter.preflight.audience import audience_of, check_audience
from newsletter.preflight.content import Edition, check_edition
from newsletter.preflight.domain import Lookup, check_domain, texts_of
from newsletter.preflight.findings import Finding, Level
from newsletter.preflight.links import check_links
from newsletter.preflight.state import digest_of


class CannotOverride(Exception):
    """The finding must be fixed, or is not one of the latest run."""


def run_preflight(*, issue_id: int, now: datetime.datetime, by: User | None, try_it: Try = try_url, lookup: Lookup = texts_of) -> Preflight:
    """Runs all checks and stores the findings. Network requests are made outside any transaction."""
    issue = Issue.objects.get(pk=issue_id)
    editions = [_edition(page) for page in drafts_of(issue)]
    findings = [finding for edition in editions for finding in check_edition(edition)]
    findings += _together(editions)
    parts = audience_of(issue.missing_edition, [edition.language for edition in editions], now)
    findings += check_audience(parts, issue.missing_edition)
    findings += check_links(_urls(editions), base_url(), try_it)
    findings += check_domain(sender_domain(), settings.NEWSLETTER_BOUNCE_DOMAIN, lookup)
    order = list(Level)
    findings.sort(key=lambda finding: (order.index(finding.level), finding.language))
    return Preflight.objects.create(
        issue=issue,
        digest=digest_of(edition.content for edition in editions),
        findings=[finding.as_json() for finding in dict.fromkeys(findings)],
        at=now,
        by=by,
    )


def _edition(page: IssuePage) -> Edition:
    content = compose(page)
    return Edition(page, content, render_content(content, frame_for(page, SAMPLE_TOKEN), SAMPLE_TOKEN), unsubscribe_url(SAMPLE_TOKEN))


def _together(editions: list[Edition]) -> list[Finding]:
    if not editions:
        return [Finding("no_edition", Level.STOP)]
    counts = {edition.language.upper(): sum(len(section.items) for section in edition.content.sections) for edition in editions}
    if len(set(counts.values())) > 1:
        return [Finding("editions_differ", Level.NOTE, about=", ".join(f"{language} {count}" for language, count in counts.items()))]
    return []


def _urls(editions: list[Edition]) -> list[tuple[str, str]]:
    """The URLs of the items and of the free text. Those of the frame are our own, and the page is not public yet."""
    found = []
    for edition in editions:
        for section in edition.content.sections:
            links = BeautifulSoup(section.html, "html.parser").find_all("a") if section.html else []
            found += [(edition.language, str(link.get("href"))) for link in links]
        found += [(edition.language, url) for url in edition.content.urls]
    return found


@transaction.atomic
def override_finding(*, issue_id: int, key: str, reason: str, now: datetime.datetime, by: User) -> CheckOverride:
    """Stores the reason for sending all the same. Raises CannotOverride."""
    issue = lock_issue(issue_id)
    latest = issue.preflights.order_by("-at", "-pk").first()
    known = {finding.key: finding for finding in map(Finding.from_json, latest.findings)} if latest else {}
    finding = known.get(key)
    if finding is None or finding.level is not Level.LOOK or not reason.strip():
        raise CannotOverride(key)
    override, _created = CheckOverride.objects.update_or_create(
        issue=issue, finding=key, defaults={"reason": reason.strip()[:300], "at": now, "by": by}
    )
    return override
