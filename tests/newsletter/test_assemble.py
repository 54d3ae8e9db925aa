"""Assemble: what the site has published becomes an issue, in each language with the words of that language."""

import datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from django.utils import timezone

from newsletter.compose.composer import compose
from newsletter.enums.issues import IssueStatus, SectionKind
from newsletter.issues.assemble import CannotAssemble, Pick, assemble_issue, next_month, plan_issue
from newsletter.issues.editions import drafts_of
from newsletter.issues.period import period_of
from newsletter.issues.site_sources import places_new_on_the_map
from newsletter.issues.sources import Period, proposals
from newsletter.models import Issue, IssuePage
from newsletter.preflight.run import run_preflight
from tests.cartography.factories import PlaceFactory
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import edition, event_page, index_page, item, news_page, section
from tests.trainings.factories import EnrolmentFactory, SessionFactory, make_sheets
from trainings.enums import SessionStatus

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


@pytest.fixture
def month() -> Period:
    return Period(NOW - datetime.timedelta(days=30), NOW)


def titles(period: Period, section_kind: SectionKind) -> list[str]:
    return [next(iter(each.texts.values())).title for each in proposals(period) if each.section_kind == section_kind]


class TestPlanner:
    @pytest.mark.parametrize(
        ("after", "month"),
        [((2026, 6, 1), (2026, 7, 1)), ((2026, 7, 1), (2026, 9, 1)), ((2026, 11, 1), (2026, 12, 1)), ((2026, 12, 1), (2027, 1, 1))],
    )
    def test_august_is_left_out(self, after: tuple[int, int, int], month: tuple[int, int, int]) -> None:
        assert next_month(datetime.date(*after)) == datetime.date(*month)

    def test_a_year_has_eleven_issues(self) -> None:
        months, month = [], datetime.date(2025, 12, 1)
        while month < datetime.date(2026, 12, 1):
            month = next_month(month)
            months.append(month.month)
        assert months == [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12]

    def test_the_first_issue_is_for_this_month_and_the_next_for_the_next(self) -> None:
        first, second = plan_issue(now=NOW), plan_issue(now=NOW)
        assert (first.number, first.month) == (1, datetime.date(2026, 11, 1))
        assert (second.number, second.month) == (2, datetime.date(2026, 12, 1))

    def test_after_a_long_silence_it_is_for_this_month(self) -> None:
        IssueFactory(number=40, month=datetime.date(2025, 3, 1))
        assert plan_issue(now=NOW).month == datetime.date(2026, 11, 1)

    def test_in_august_it_is_for_september(self) -> None:
        assert plan_issue(now=datetime.datetime(2026, 8, 10, tzinfo=datetime.UTC)).month == datetime.date(2026, 9, 1)


class TestSources:
    def test_news_since_the_latest_issue_and_not_older(self, month: Period) -> None:
        news_page(title="Neuf", published=NOW - datetime.timedelta(days=3))
        news_page(title="Vieux", published=NOW - datetime.timedelta(days=90))
        news_page(title="Brouillon", published=NOW - datetime.timedelta(days=3), live=False)
        assert titles(month, SectionKind.SMES) == ["Neuf"]

    def test_the_languages_of_a_page_are_one_proposal(self, month: Period) -> None:
        french = news_page("fr", title="Neuf", published=NOW)
        news_page("nl", title="Nieuw", published=NOW, translation_key=french.translation_key)
        found = [each for each in proposals(month) if each.section_kind == SectionKind.SMES]
        assert [{code: text.title for code, text in each.texts.items()} for each in found] == [{"fr": "Neuf", "nl": "Nieuw"}]

    def test_events_to_come_the_next_first(self, month: Period) -> None:
        event_page(starts_at=NOW + datetime.timedelta(days=40), title="Plus tard")
        event_page(starts_at=NOW + datetime.timedelta(days=4), title="Bientôt")
        event_page(starts_at=NOW - datetime.timedelta(days=4), title="Passé")
        assert titles(month, SectionKind.EVENTS) == ["Bientôt", "Plus tard"]

    def test_trainings_with_a_free_seat_only(self, month: Period) -> None:
        with time_machine.travel(NOW, tick=False):
            free, full = SessionFactory(capacity=2), SessionFactory(capacity=1)
            for session in (free, full):
                make_sheets(session.module, fr=f"Formation {session.capacity}")
            EnrolmentFactory(session=full)
            assert titles(month, SectionKind.TRAININGS) == ["Formation 2"]

    def test_places_new_on_the_map_are_news_of_the_sector_in_three_languages(self, month: Period) -> None:
        words = {"summary_fr": "On y accueille.", "summary_nl": "Men ontvangt er.", "summary_en": "Peers welcome you."}
        PlaceFactory(name_fr="Le Fil", name_nl="De Draad", slug="le-fil", published_at=NOW - datetime.timedelta(days=3), **words)
        PlaceFactory(published_at=NOW - datetime.timedelta(days=90))
        PlaceFactory(is_draft=True)
        (found,) = [each for each in proposals(month) if each.section_kind == SectionKind.SECTOR]
        told = {code: (each.title, each.text, urlsplit(each.url).path) for code, each in found.texts.items()}
        assert told == {
            "fr": ("Le Fil", "On y accueille.", "/fr/pair-aidance/lieux/le-fil/"),
            "nl": ("De Draad", "Men ontvangt er.", "/nl/peerhulp/plekken/le-fil/"),
            "en": ("Le Fil", "Peers welcome you.", "/en/peer-support/places/le-fil/"),
        }
        assert found.note == {
            "fr": "Nouveau sur la carte de la pair-aidance · Schaerbeek",
            "nl": "Nieuw op de kaart van peerhulp · Schaarbeek",
            "en": "New on the peer-support map · Schaerbeek",
        }

    @pytest.mark.parametrize("count", [1, 6])
    def test_few_and_many_places_cost_one_query(self, month: Period, count: int, django_assert_num_queries: object) -> None:
        PlaceFactory.create_batch(count, published_at=NOW - datetime.timedelta(days=3))
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert len(list(places_new_on_the_map(month))) == count

    def test_the_period_begins_when_the_issue_before_left(self) -> None:
        left = NOW - datetime.timedelta(days=20)
        IssueFactory(number=7, month=datetime.date(2026, 10, 1), started_at=left)
        assert period_of(IssueFactory(number=8, month=datetime.date(2026, 11, 1)), NOW).start == left

    def test_one_that_was_planned_and_never_left_has_told_nothing(self) -> None:
        left = NOW - datetime.timedelta(days=50)
        IssueFactory(number=6, month=datetime.date(2026, 10, 1), started_at=left)
        IssueFactory(number=7, month=datetime.date(2026, 11, 1))
        IssueFactory(number=8, month=datetime.date(2026, 12, 1))
        assert period_of(IssueFactory(number=9, month=datetime.date(2027, 1, 1)), NOW).start == left


class TestFilling:
    @pytest.fixture
    def issue(self) -> Issue:
        for language in ("fr", "nl"):
            index_page(language)
        return IssueFactory()

    def picks(self, month: Period) -> list[Pick]:
        return [Pick(proposal, number) for number, proposal in enumerate(proposals(month), start=1)]

    def test_each_edition_tells_it_in_its_language(self, issue: Issue, month: Period) -> None:
        french = news_page("fr", title="Neuf", intro="En deux mots.", published=NOW)
        news_page("nl", title="Nieuw", intro="In twee woorden.", published=NOW, translation_key=french.translation_key)
        assemble_issue(issue_id=issue.pk, picks=self.picks(month), languages=["fr", "nl"], by=None)
        told = {page.locale.language_code: compose(page).sections[0].items[0] for page in drafts_of(issue)}
        assert (told["fr"].title, told["fr"].text) == ("Neuf", "En deux mots.")
        assert (told["nl"].title, told["nl"].text) == ("Nieuw", "In twee woorden.")
        assert told["nl"].url.endswith("/nl/news/nieuw/")

    def test_the_order_and_the_shortened_words_are_kept(self, issue: Issue, month: Period) -> None:
        for title in ("Un", "Deux", "Trois"):
            news_page(title=title, published=NOW)
        by_title = {pick.proposal.texts["fr"].title: pick.proposal for pick in self.picks(month)}
        picks = [Pick(by_title["Trois"], 2), Pick(by_title["Un"], 1, {"fr": ("Un, court", "Très court.")})]
        assemble_issue(issue_id=issue.pk, picks=picks, languages=["fr"], by=None)
        items = compose(drafts_of(issue)[0]).sections[0].items
        assert [(each.title, each.text) for each in items] == [("Un, court", "Très court."), ("Trois", "En deux mots.")]

    def test_rubrics_stand_in_their_usual_order_whatever_was_picked_first(self, issue: Issue, month: Period) -> None:
        event_page(starts_at=NOW + datetime.timedelta(days=4))
        news_page(published=NOW)
        assemble_issue(issue_id=issue.pk, picks=self.picks(month)[::-1], languages=["fr"], by=None)
        assert [section.kind for section in compose(drafts_of(issue)[0]).sections] == ["smes", "events"]

    def test_what_stands_there_already_stays_and_nothing_comes_twice(self, issue: Issue, month: Period) -> None:
        edition(issue, body=[section("press", item(title="À la main", text="x"))], subject="Mon objet")
        news_page(published=NOW)
        for _time in range(2):
            assemble_issue(issue_id=issue.pk, picks=self.picks(month), languages=["fr"], by=None)
        page = drafts_of(issue)[0]
        assert page.subject == "Mon objet"
        assert [(section.kind, len(section.items)) for section in compose(page).sections] == [("smes", 1), ("press", 1)]

    def test_an_edition_saved_without_a_subject_can_be_filled_and_the_checks_name_it(self, issue: Issue, month: Period) -> None:
        page = edition(issue)
        page.subject = ""
        page.save_revision(clean=False)
        news_page(published=NOW)
        assemble_issue(issue_id=issue.pk, picks=self.picks(month), languages=["fr"], by=None)
        assert len(compose(drafts_of(issue)[0]).sections[0].items) == 2
        checks = run_preflight(issue_id=issue.pk, now=NOW, by=None, try_it=lambda url: 200, lookup=lambda name: None)
        assert "subject_missing" in {finding["check"] for finding in checks.findings}

    def test_assembling_again_keeps_the_text_of_a_place_and_adds_it_once(self, issue: Issue, month: Period) -> None:
        PlaceFactory(name_fr="Le Fil", slug="le-fil", summary_fr="On y accueille.", published_at=NOW)
        PlaceFactory(name_fr="La Maille", slug="la-maille", summary_fr="On y écoute.", published_at=NOW)
        for _time in range(2):
            assemble_issue(issue_id=issue.pk, picks=self.picks(month), languages=["fr", "nl"], by=None)
        told = {page.locale.language_code: compose(page).sections[0].items for page in drafts_of(issue)}
        assert {(each.title, each.text) for each in told["fr"]} == {("Le Fil", "On y accueille."), ("La Maille", "On y écoute.")}
        assert {urlsplit(each.url).path for each in told["nl"]} == {"/nl/peerhulp/plekken/le-fil/", "/nl/peerhulp/plekken/la-maille/"}
        for page in drafts_of(issue):
            page.full_clean()

    def test_the_words_of_a_place_can_be_shortened_its_name_never_goes(self, issue: Issue, month: Period) -> None:
        PlaceFactory(name_fr="Le Fil", summary_fr="On y accueille.", published_at=NOW)
        (proposal,) = proposals(month)
        assemble_issue(issue_id=issue.pk, picks=[Pick(proposal, 1, {"fr": ("", "")})], languages=["fr"], by=None)
        (told,) = compose(drafts_of(issue)[0]).sections[0].items
        assert (told.title, told.text) == ("Le Fil", "")
        assert told.note.startswith("Nouveau sur la carte")

    def test_a_correction_of_the_page_arrives_in_the_issue(self, issue: Issue, month: Period) -> None:
        page = news_page(published=NOW)
        assemble_issue(issue_id=issue.pk, picks=self.picks(month), languages=["fr"], by=None)
        page.title = "Corrigé"
        page.save()
        assert compose(drafts_of(issue)[0]).sections[0].items[0].title == "Corrigé"

    def test_editions_of_an_issue_are_versions_of_one_page(self, issue: Issue) -> None:
        fr, nl = assemble_issue(issue_id=issue.pk, picks=[], languages=["fr", "nl"], by=None)
        assert fr.translation_key == nl.translation_key == issue.key
        assert not fr.live
        assert (fr.subject.split()[0], nl.subject.split()[0]) == ("Newsletter", "Nieuwsbrief")

    @pytest.mark.parametrize("status", sorted(set(IssueStatus) - {IssueStatus.DRAFT}))
    def test_an_issue_whose_words_are_frozen_or_left_is_closed(self, issue: Issue, status: str) -> None:
        Issue.objects.filter(pk=issue.pk).update(status=status, send_at=NOW)
        with pytest.raises(CannotAssemble):
            assemble_issue(issue_id=issue.pk, picks=[], languages=["fr"], by=None)

    def test_a_language_without_a_newsletter_page_is_refused_whole(self, issue: Issue) -> None:
        with pytest.raises(CannotAssemble):
            assemble_issue(issue_id=issue.pk, picks=[], languages=["fr", "en"], by=None)
        assert not IssuePage.objects.exists()


class TestComposing:
    def test_free_seats_are_counted_and_a_full_training_says_so(self) -> None:
        from tests.newsletter.issues import training

        session = SessionFactory(capacity=3)
        make_sheets(session.module, fr="Overdose")
        EnrolmentFactory(session=session)
        page = edition(IssueFactory(), body=[section("trainings", training(session))])
        assert compose(page).sections[0].items[0].extra == "2 places libres"
        EnrolmentFactory.create_batch(2, session=session)
        assert compose(page).sections[0].items[0].extra == "Complet\N{NO-BREAK SPACE}; une liste d’attente est ouverte"
        assert compose(page, now=timezone.now() + datetime.timedelta(days=60)).sections[0].items[0].extra == ""

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"status": SessionStatus.CANCELLED}, "Cette formation est annulée"),
            ({"status": SessionStatus.CLOSED}, "Les inscriptions sont closes"),
            ({"enrolment_closes_at": NOW - datetime.timedelta(days=1)}, "Les inscriptions sont closes"),
        ],
    )
    def test_seats_are_offered_only_where_one_can_enrol(self, change: dict[str, object], words: str) -> None:
        from tests.newsletter.issues import training

        session = SessionFactory(first_meeting_at=NOW + datetime.timedelta(days=9), **change)
        page = edition(IssueFactory(), body=[section("trainings", training(session))])
        assert compose(page, now=NOW).sections[0].items[0].extra == words

    def test_a_page_that_is_no_longer_public_is_left_out(self) -> None:
        news = news_page(live=False)
        page = edition(IssueFactory(), body=[section("smes", item(page=news))])
        assert compose(page).sections == ()

    @pytest.mark.parametrize("count", [3, 26])
    def test_as_many_queries_for_many_items_as_for_few(self, count: int, django_assert_num_queries: object) -> None:
        pages = [news_page(title=f"n{number}") for number in range(count)]
        page = edition(IssueFactory(), body=[section("smes", *(item(page=each) for each in pages))])
        fresh = IssuePage.objects.select_related("issue", "locale").get(pk=page.pk)
        compose(fresh)
        with django_assert_num_queries(3):  # type: ignore[operator]
            compose(fresh)
