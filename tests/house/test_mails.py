"""Every mail of every app has its three files, extends the common layout and uses only words the renderer knows.

And each, in each language, has a sign-off, the legal foot, a preheader of its own and a way to answer. What else it says is tested where it
is written (tests/<app>/test_mails.py).
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from core.mail.foot import foot_for
from core.web.absolute_urls import absolute_url
from tests.core.factories import SiteTextsFactory
from tests.core.mailing import CONTEXT
from tests.house.every_mail import EVERY_MAIL, Said, issue, said
from tests.newsletter.issues import news_page

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


CONTACT = "answers@example.org"
FOOT = ("Exemple asbl", "Rue de l’Exemple 1", "0123.456.789", "vie-privee")
SIGN_OFFS = {
    "fr": ("L’équipe du Smes", "Le site du Smes"),
    "nl": ("Het team van Smes", "De website van Smes"),
    "en": ("The Smes team", "The Smes website"),
}
# The preheader is the one hidden line of the HTML part.
HIDDEN = '//div[contains(@style, "display:none")]'


@pytest.fixture
def filled_in() -> None:
    """A site that says who it is, in three languages."""
    privacy = news_page("fr", title="Vie privée", slug="vie-privee")
    for language in SIGN_OFFS:
        SiteTextsFactory(
            language=language,
            address="Exemple asbl\nRue de l’Exemple 1\n1000 Bruxelles",
            company_number="0123.456.789",
            contact_email=CONTACT,
            privacy_page=privacy,
        )


def words(text: str) -> str:
    return " ".join(text.casefold().split())


def is_answered_directly(mail: Said) -> bool:
    """A message from the contact form: the reply goes to who wrote it."""
    return bool(mail.reply_to) and mail.reply_to in mail.text


def lacks(mail: Said, language: str) -> set[str]:
    """What a mail owes its reader and does not say."""
    page = html.document_fromstring(mail.html)
    preheader = words("".join(page.xpath(f"({HIDDEN})[1]//text()")))
    heads = [words(mail.subject), *(words(each.text_content()) for each in page.xpath("//h1"))]
    found = set()
    if not preheader or any(preheader in head or head in preheader for head in heads):
        found.add("a preheader that says more than subject and title")
    for part in (mail.text, page.text_content()):
        if not any(name in part for name in SIGN_OFFS[language]):
            found.add("sign-off")
    for part in (mail.text, mail.html):
        if not all(piece in part for piece in FOOT):
            found.add("legal foot")
        if absolute_url("home:contact", language=language) not in part and not is_answered_directly(mail):
            found.add("a way to answer")
    return found


@pytest.mark.django_db
@pytest.mark.usefixtures("filled_in")
@pytest.mark.parametrize("language", SIGN_OFFS)
@pytest.mark.parametrize("case", EVERY_MAIL)
def test_every_mail_says_who_writes_when_and_where_and_how_to_answer(case: str, language: str) -> None:
    mail = said(case, language)
    assert lacks(mail, language) == set()
    assert mail.reply_to == (CONTEXT["email"] if case == "home/mail/contact_message" else CONTACT)


@pytest.mark.django_db
@pytest.mark.usefixtures("filled_in")
@pytest.mark.parametrize("language", SIGN_OFFS)
def test_an_issue_of_the_newsletter_says_so_too(language: str) -> None:
    mail = issue(language, foot=foot_for(language))
    assert lacks(mail, language) == set()


def test_every_kind_is_written_here() -> None:
    kinds = {str(kind.relative_to(TEMPLATES)) for kind in KINDS}
    short = {case.partition(",")[0] for case in EVERY_MAIL}
    assert {kind for kind in kinds - OWN_SUBJECT if kind not in short and kind.replace("/enrolment_", "/") not in short} == set()


@pytest.mark.control
@pytest.mark.django_db
@pytest.mark.usefixtures("filled_in")
def test_a_mail_without_them_is_found() -> None:
    mail = said("trainings/mail/confirmed", "fr")
    preheader = html.document_fromstring(mail.html).xpath(f"string({HIDDEN})")
    without = {
        "sign-off": replace(mail, text=mail.text.replace(SIGN_OFFS["fr"][0], "")),
        "legal foot": replace(mail, html=mail.html.replace("0123.456.789", "")),
        "a way to answer": replace(mail, text=mail.text.replace(absolute_url("home:contact", language="fr"), "")),
        "a preheader that says more than subject and title": replace(mail, subject=preheader),
    }
    assert {name: lacks(each, "fr") for name, each in without.items()} == {name: {name} for name in without}


@pytest.mark.django_db
def test_a_site_that_has_not_filled_it_in_promises_nothing() -> None:
    mail = said("trainings/mail/confirmed", "fr")
    assert mail.reply_to == ""
    assert "les réponses à ce message ne sont pas lues" in mail.text
    assert "Numéro d’entreprise" not in mail.text + mail.html
