"""Every mail of every app has its three files, extends the common layout and uses only words the renderer knows.

What each says in each language is tested where it is written (tests/<app>/test_mails.py).
"""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
KINDS = sorted(path.with_suffix("") for path in TEMPLATES.glob("*/mail/*.mjml"))
# The renderer drops a tag it does not know without a word.
KNOWN = {
    *(
        "mj-section",
        "mj-column",
        "mj-text",
        "mj-button",
        "mj-image",
        "mj-divider",
        "mj-spacer",
        "mj-wrapper",
        "mj-group",
        "mj-table",
        "mj-raw",
    ),
    *("mjml", "mj-head", "mj-body", "mj-attributes", "mj-all", "mj-class", "mj-preview", "mj-style", "mj-title", "mj-font"),
}
OWN_SUBJECT = {"newsletter/mail/issue"}  # its editors write it, issue by issue
TAG = re.compile(r"</?(mj[\w-]*)")

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.relative_to(TEMPLATES)))


def test_there_are_mails() -> None:
    assert len(KINDS) > 10


@every_kind
def test_a_mail_has_a_subject_a_text_and_an_html_part(kind: Path) -> None:
    suffixes = (".txt", ".mjml") if str(kind.relative_to(TEMPLATES)) in OWN_SUBJECT else (".subject.txt", ".txt", ".mjml")
    for suffix in suffixes:
        assert Path(f"{kind}{suffix}").exists()
        assert Path(f"{kind}{suffix}").read_text("utf-8").strip()


@every_kind
def test_the_renderer_knows_every_tag(kind: Path) -> None:
    assert set(TAG.findall(Path(f"{kind}.mjml").read_text("utf-8"))) - KNOWN == set()


@every_kind
def test_the_subject_is_one_line_of_text(kind: Path) -> None:
    path = Path(f"{kind}.subject.txt")
    subject = path.read_text("utf-8").strip() if path.exists() else ""
    assert "\n" not in re.sub(r"(?<=%\})\s+|\s+(?=\{%)", "", subject), "a line may end at a tag, where white space does not count"
    assert "<" not in subject.replace("<%", "")
