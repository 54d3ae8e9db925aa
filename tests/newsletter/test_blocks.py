"""What an editor may put in an issue, and what the editor is told when it is not whole."""

import datetime
from typing import Any

import pytest
from django.utils import timezone, translation
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from newsletter.compose.blocks import ItemBlock, SectionBlock, session_choices
from newsletter.compose.composer import compose
from newsletter.enums.issues import SectionKind
from newsletter.issues.editions import drafts_of, pages_of
from newsletter.issues.period import period_of
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import edition, item, news_page, section
from tests.trainings.factories import SessionFactory

pytestmark = pytest.mark.django_db


def clean(**value: Any) -> Any:
    block = ItemBlock()
    return block.clean(block.to_python({"page": None, "url": "", "title": "", "text": "", "note": ""} | value))


class TestItem:
    def test_a_page_alone_is_enough(self) -> None:
        assert clean(page=news_page().pk)["page"].title == "Une nouvelle"

    def test_a_title_alone_is_enough(self) -> None:
        assert clean(title="Une affiche")["title"] == "Une affiche"

    @pytest.mark.parametrize(("value", "field"), [({}, "title"), ({"url": "https://example.org/"}, "title"), ({"text": "x"}, "title")])
    def test_without_either_the_editor_is_told_where(self, value: dict[str, Any], field: str) -> None:
        with pytest.raises(StructBlockValidationError) as refusal:
            clean(**value)
        assert list(refusal.value.block_errors) == [field]

    def test_a_page_and_an_address_are_one_too_many(self) -> None:
        with pytest.raises(StructBlockValidationError) as refusal:
            clean(page=news_page().pk, url="https://example.org/")
        assert list(refusal.value.block_errors) == ["url"]

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "exemple", "//", "https://"])
    def test_what_is_no_address_is_refused(self, address: str) -> None:
        with pytest.raises(StructBlockValidationError) as refusal:
            clean(title="x", url=address)
        assert list(refusal.value.block_errors) == ["url"]

    @pytest.mark.parametrize(("field", "longest"), [("title", 160), ("text", 600), ("note", 120)])
    def test_words_have_an_end(self, field: str, longest: int) -> None:
        assert clean(**({"title": "x"} | {field: "y" * longest}))
        with pytest.raises(StructBlockValidationError):
            clean(**({"title": "x"} | {field: "y" * (longest + 1)}))


class TestSection:
    def test_it_may_be_empty_while_it_is_written(self) -> None:
        block = SectionBlock()
        assert block.clean(block.to_python({"rubric": "press", "items": []}))["rubric"] == "press"

    def test_one_nobody_knows_is_refused(self) -> None:
        block = SectionBlock()
        with pytest.raises(StructBlockValidationError):
            block.clean(block.to_python({"rubric": "gossip", "items": []}))

    def test_what_is_wrong_in_an_item_is_told_at_the_item(self) -> None:
        block = SectionBlock()
        value = block.to_python({"rubric": "press", "items": [{"type": "item", "value": {"url": "https://example.org/"}}]})
        with pytest.raises(StructBlockValidationError) as refusal:
            block.clean(value)
        assert isinstance(refusal.value.block_errors["items"], StreamBlockValidationError)

    @pytest.mark.parametrize("language", ["fr", "nl", "en"])
    def test_rubrics_are_named_in_the_language_of_the_edition(self, language: str) -> None:
        page = edition(IssueFactory(), language, body=[section(kind, item(title="x", text="y")) for kind in SectionKind.values])
        shown = [section.title for section in compose(page).sections]
        with translation.override(language):
            assert shown == [str(label) for label in SectionKind.labels]
        assert len(set(shown)) == len(SectionKind)


class TestSession:
    def test_sessions_are_offered_by_day_the_latest_first(self) -> None:
        soon, later = SessionFactory(), SessionFactory()
        first = later.meetings.get()
        first.starts_at += datetime.timedelta(days=30)
        first.ends_at += datetime.timedelta(days=30)
        first.save()
        assert [key for key, _label in session_choices()] == [str(later.pk), str(soon.pk)]

    def test_a_deleted_item_is_left_out_of_the_mail(self) -> None:
        page = edition(
            IssueFactory(), body=[section("trainings", {"type": "training", "value": {"session": "987654", "title": "", "text": ""}})]
        )
        assert compose(page).sections == ()


class TestEditions:
    def test_french_comes_first_whatever_was_written_first(self) -> None:
        issue = IssueFactory()
        for language in ("en", "nl", "fr"):
            edition(issue, language)
        assert [page.locale.language_code for page in pages_of(issue)] == ["fr", "nl", "en"]

    def test_what_would_be_sent_is_the_latest_draft_not_what_is_published(self) -> None:
        issue = IssueFactory()
        page = edition(issue)
        page.subject = "Un autre objet"
        page.save_revision()
        assert [draft.subject for draft in drafts_of(issue)] == ["Un autre objet"]
        assert pages_of(issue)[0].subject != "Un autre objet"


class TestPeriod:
    NOW = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)

    def test_the_first_issue_looks_a_month_back(self) -> None:
        assert (self.NOW - period_of(IssueFactory(), self.NOW).start).days == 31

    def test_after_an_issue_that_never_left_it_begins_with_its_month(self) -> None:
        IssueFactory(number=7, month=datetime.date(2026, 10, 1))
        start = period_of(IssueFactory(number=8, month=datetime.date(2026, 11, 1)), self.NOW).start
        assert timezone.localtime(start).isoformat() == "2026-10-01T00:00:00+02:00"

    def test_an_issue_planned_for_a_later_month_does_not_bound_the_period(self) -> None:
        IssueFactory(number=9, month=datetime.date(2026, 12, 1), started_at=self.NOW)
        assert period_of(IssueFactory(number=8, month=datetime.date(2026, 11, 1)), self.NOW).start < self.NOW
