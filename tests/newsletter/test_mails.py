"""Every mail about reading the newsletter, and the frame of an issue: both parts, the same links, every word in the reader's language."""

from pathlib import Path

import pytest

from newsletter.compose.previews import new_token_placeholder
from newsletter.compose.rendering import render_content
from tests.core.mail_words import left_in_english
from tests.newsletter.every_mail import CASES, THEME, confirm
from tests.newsletter.issues import FRAME, SUBJECTS, issue_content
from tests.trainings.mail import links_in

pytestmark = pytest.mark.django_db

LANGUAGES = ("fr", "nl", "en")


def test_every_mail_of_the_app_is_here(root: Path) -> None:
    written = {path.stem for path in (root / "templates/newsletter/mail").glob("*.mjml")}
    # The one to the officers, in French, is read in tests/newsletter/bounces/test_trouble.py.
    assert {case.partition(",")[0] for case in CASES} | {"issue", "issue_trouble"} == written


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_both_parts_say_the_same_in_the_language_of_the_reader(case: str, language: str) -> None:
    mail = CASES[case](language)

    assert mail.language == language
    assert f'<html lang="{language}"' in mail.html
    links = links_in(mail.text)
    assert len(links) == 4, "do it, never hear of it again, the site, a way to write to us"
    for link in links:
        assert link in mail.html
    assert (THEME in mail.text, THEME in mail.html) == ((True, True) if "themes" in case else (False, False))
    for part in (mail.text, mail.html):
        assert "{" + "{" not in part
        assert "{" + "%" not in part


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("case", CASES)
def test_no_text_is_left_in_english(case: str, language: str) -> None:
    mail, english = CASES[case](language), CASES[case]("en")
    assert left_in_english(mail, english, given={THEME}) == set()
    assert len(left_in_english(english, english, given={THEME})) >= 5, "the control: it reads the words of both parts"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_issue_names_its_language(language: str) -> None:
    assert f'<html lang="{language}"' in render_content(issue_content(language=language), FRAME, new_token_placeholder()).html


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_no_word_around_an_issue_is_left_in_english(language: str) -> None:
    same = issue_content()  # its words are the editors'
    given = {SUBJECTS["fr"], same.intro, same.preheader, same.month, *FRAME.foot.postal_address.splitlines()}
    given |= {
        words
        for section in same.sections
        for words in (section.title, *(w for item in section.items for w in (item.title, item.text.strip(), item.note)))
    }
    token_placeholder = new_token_placeholder()
    mail, english = (
        render_content(issue_content(language=each, subject=SUBJECTS["fr"]), FRAME, token_placeholder) for each in (language, "en")
    )
    assert left_in_english(mail, english, given=given) == set()
    assert len(left_in_english(english, english, given=given)) >= 5, "the control: it reads the words of both parts"


@pytest.mark.parametrize(("language", "words"), [("fr", "sauf en août"), ("nl", "behalve in augustus"), ("en", "not in August")])
def test_who_is_to_confirm_reads_how_often_it_comes(language: str, words: str) -> None:
    mail = confirm(language)
    assert words in mail.text
    assert words in mail.html.split("<h1")[1], "not in the preheader only"
