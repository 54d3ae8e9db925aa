"""The field's words (docs/glossary.md): a term that a new engineer would not search for does not come back."""

import re
import subprocess
from pathlib import Path

import pytest

# Each former name, and the standard term that took its place.
FORMER = {
    r"SubscriptionWish|WishGone|(wish_newsletter|confirm_wish)\b": "SubscriptionRequest, request_subscription, confirm_subscription",
    r"\bread_returns?\b|NEWSLETTER_RETURNS|\breturned mails?\b": "bounce",
    r"HAND_SECONDS|NOTE_THE_HAND|left_in_hand": "batch",
    r"\bDeparture\b|\bSenderNote\b": "SendDecision, InFlightNote",
    r"\bbuild_sheet\b|\bRubric\b|\bOverrule\b(?!')": "MessageTemplate, SectionKind, CheckOverride",
    r"\bCannotTry\b|\btry_out\b|\bpatiently\b|\bPATIENCE\b": "CannotSendTest, test_mail, retry_while_database_is_down, TIMEOUT",
    r"\breason_said\b|core[./]remarks": "SystemNote, note_label",
    r"\bsend_to_the_rest\b|\btake_over_orphans\b|\benlist\b": "send_to_missed, reclaim_stale_claims, create_deliveries",
    r"\bbehind_links\b|\bown_sources\b|\bnewsletter_desk\b": "manage_subscription, site_sources, newsletter_issue",
    r"\bfull_address\b|\bclient_address\b|\blimit_per_address\b|\bfile_address\b": "absolute_url, client_ip, limit_per_ip, file_url",
    r"core[./]elsewhere|\bbeing_shown\b|\bput_back_orphans\b|\bsay_goodbye\b": "related, requeue_stale_tasks, deregister",
    r"\brows_and_bytes\b|\bclosed_views\b|\bis_serious\b|\bforget_old\b": "file_transaction, disabled_views, is_destructive",
    r"\bleft_the_map\b|\brecall_of\b|\btold_before\b|Twice is once": "delisted, cancellation_calendar, form_context, Idempotent",
    r"\bkeeper\b(?!s? finds)": "map editor",
}


def named(root: Path, pattern: str) -> list[str]:
    tracked = subprocess.run(["git", "ls-files", "*.py", "*.md", "*.html", "*.js"], cwd=root, capture_output=True, text=True, check=True)
    files = [name for name in tracked.stdout.splitlines() if "/migrations/" not in name and not name.startswith("docs/decisions/")]
    return [name for name in files if name != "tests/house/test_names.py" and re.search(pattern, (root / name).read_text("utf-8"))]


@pytest.mark.parametrize("former", FORMER, ids=FORMER.values())
def test_a_former_name_does_not_come_back(root: Path, former: str) -> None:
    assert named(root, former) == []


def test_a_name_in_use_is_found(root: Path) -> None:
    """The control: the search reads code, tests, docs and templates."""
    assert {Path(name).suffix for name in named(root, r"\bnewsletter\b")} >= {".py", ".md", ".html"}
