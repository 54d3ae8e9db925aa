"""The foot of a mail: who writes, ways to leave, and what becomes of one's data."""

import pytest

from newsletter.compose.previews import mail_of
from newsletter.models import IssuePage
from tests.core.factories import SiteTextsFactory
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import edition, news_page

pytestmark = pytest.mark.django_db


def test_it_links_to_the_page_about_privacy_in_the_language_of_the_edition() -> None:
    issue = IssueFactory()
    french = news_page("fr", title="Vie privée", slug="vie-privee")
    news_page("nl", title="Privacy", slug="privacy", translation_key=french.translation_key)
    editions = {language: edition(issue, language) for language in ("fr", "nl")}
    for language in editions:
        SiteTextsFactory(language=language, privacy_page=french)
    for language, word in (("fr", "vie-privee"), ("nl", "privacy")):
        mail = mail_of(IssuePage.objects.get(pk=editions[language].pk))
        assert f"/{language}/news/{word}/" in mail.html
        assert f"/{language}/news/{word}/" in mail.text


@pytest.mark.parametrize("is_chosen", [True, False])
def test_what_is_not_public_is_not_promised(is_chosen: bool) -> None:
    page = edition(IssueFactory())
    SiteTextsFactory(privacy_page=news_page(live=False) if is_chosen else None)
    assert "Vie privée" not in mail_of(IssuePage.objects.get(pk=page.pk)).text
