"""The checks before an issue leaves: each thing that can be wrong is found, and only that."""

import datetime
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.utils import timezone, translation

from core.links.reachable import try_url
from core.models import UntranslatedPage
from newsletter.compose.rendering import Mail
from newsletter.models import Issue, IssuePage, Preflight
from newsletter.preflight.content import Edition, check_edition
from newsletter.preflight.domain import check_domain
from newsletter.preflight.findings import TEXTS, Finding, Level
from newsletter.preflight.links import check_links
from newsletter.preflight.run import CannotOverride, override_finding, run_preflight
from newsletter.preflight.state import state_of
from tests.cartography.factories import PlaceFactory
from tests.core.factories import UserFactory
from tests.newsletter.factories import IssueFactory, SubscriberFactory
from tests.newsletter.issues import audience, edition, issue_content, item, news_page, section, training
from tests.trainings.factories import EnrolmentFactory, SessionFactory, make_sheets
from trainings.enums import SessionStatus
from trainings.models import Session

pytestmark = pytest.mark.django_db
GOOD_DNS = ["v=spf1 -all", "v=DMARC1; p=none", "v=DKIM1; p=abc"]


def check(issue: Issue, **options: Any) -> Preflight:
    wanted: dict[str, Any] = {"try_it": lambda url: 200, "lookup": lambda name: GOOD_DNS} | options
    return run_preflight(issue_id=issue.pk, now=timezone.now(), by=None, **wanted)


def found(issue: Issue, **options: Any) -> dict[str, Any]:
    """Check → what it is about."""
    return {each["check"]: each["about"] for each in check(issue, **options).findings}


def _answer_once(server: socket.socket, answer: bytes) -> None:
    with server.accept()[0] as caller:
        caller.recv(4096)
        caller.sendall(answer)


@pytest.fixture
def issue() -> Issue:
    SubscriberFactory()
    return IssueFactory()


class TestWords:
    def test_a_good_issue_is_green(self, issue: Issue) -> None:
        edition(issue)
        assert found(issue) == {}
        assert state_of(issue).is_green

    def test_without_an_edition_nothing_can_leave(self, issue: Issue) -> None:
        assert "no_edition" in found(issue)

    @pytest.mark.parametrize(
        ("fields", "name"),
        [
            ({"subject": " "}, "subject_missing"),
            ({"subject": "x" * 71}, "subject_long"),
            ({"preheader": ""}, "preheader_missing"),
            ({"preheader": "ce qui bouge à bruxelles"}, "preheader_same"),
            ({"body": []}, "no_items"),
            ({"body": [section("press")]}, "rubric_empty"),
            ({"body": [section("press", item(title="Seul", url="https://example.org/"))]}, "item_without_words"),
            ({"body": [section("press", *[item(title="Deux", text="x", url="https://example.org/")] * 2)]}, "item_twice"),
            ({"body": [section("press", item(title="Long", text="x" * 90_500))]}, "size_stop"),
            ({"body": [section("press", item(title="Long", text="x" * 74_500))]}, "size_warn"),
            ({"intro": "Dit is het nieuws van deze maand voor wie met ons werkt, en ook voor wie dat niet doet."}, "language_mix"),
        ],
    )
    def test_what_is_wrong_is_named(self, issue: Issue, fields: dict[str, Any], name: str) -> None:
        edition(issue, **fields)
        assert name in found(issue)
        assert not state_of(issue).is_green

    def test_a_picked_page_that_is_not_public_is_named(self, issue: Issue) -> None:
        edition(issue, body=[section("smes", item(page=news_page(title="Retirée", live=False)), item(title="y", text="y"))])
        assert found(issue)["page_lost"] == "Retirée"

    def test_a_page_without_the_language_of_the_edition_is_named(self, issue: Issue) -> None:
        """Unless its editor wrote a title: then she knows."""
        page = news_page("fr", title="En français seulement")
        edition(issue, "nl", body=[section("smes", item(page=page))])
        assert found(issue)["page_elsewhere"] == "En français seulement"
        other = IssueFactory()
        edition(other, "nl", body=[section("smes", item(page=page, title="In het Frans", text="Kort."))])
        assert "page_elsewhere" not in found(other)

    def test_a_page_that_nobody_has_translated_is_named(self, issue: Issue) -> None:
        page = news_page("nl", title="Toujours en français")
        UntranslatedPage.objects.create(page=page, language="fr")
        edition(issue, "nl", body=[section("smes", item(page=page))])
        assert found(issue)["page_elsewhere"] == "Toujours en français"

    def test_a_picked_page_that_is_public_in_the_language_of_the_edition_is_not_lost(self, issue: Issue) -> None:
        french = news_page("fr", title="Retirée", live=False)
        news_page("nl", title="Nog te lezen", translation_key=french.translation_key)
        edition(issue, "nl", body=[section("smes", item(page=french))])
        assert {"page_lost", "page_elsewhere"}.isdisjoint(found(issue))

    def test_a_french_word_in_a_dutch_name_is_no_mix(self, issue: Issue) -> None:
        edition(issue, "nl", intro="Een dag met Infirmiers de rue over zorg op straat.")
        assert "language_mix" not in found(issue)

    @pytest.mark.parametrize("language", ["fr", "nl", "en"])
    def test_every_finding_has_words_in_the_officers_language(self, language: str) -> None:
        with translation.override("en"):
            english = {name: Finding(name, Level.LOOK, "fr", "x").text for name in TEXTS}
        with translation.override(language):
            texts = {name: Finding(name, Level.LOOK, "fr", "x").text for name in TEXTS}
        assert all(texts.values())
        assert [name for name in TEXTS if language != "en" and texts[name] == english[name]] == []

    def test_what_one_officer_overruled_holds_for_one_who_reads_another_language(self, issue: Issue) -> None:
        edition(issue, body=[section("press"), section("smes", item(title="y", text="y"))])
        with translation.override("fr"):
            [finding] = map(Finding.from_json, check(issue).findings)
            assert finding.text.split() == ["La", "rubrique", "«", "Presse", "»", "est", "vide."]
            override_finding(issue_id=issue.pk, key=finding.key, reason="Rien ce mois-ci.", now=timezone.now(), by=UserFactory())
        with translation.override("nl"):
            check(issue)
        assert state_of(issue).is_green

    def test_a_training_that_has_begun_is_named(self, issue: Issue) -> None:
        session = SessionFactory()
        make_sheets(session.module, fr="Overdose")
        edition(issue, body=[section("trainings", training(session, text="Deux jours."))])
        assert "session_over" not in found(issue)
        with time_machine.travel(timezone.now() + datetime.timedelta(days=400), tick=False):
            assert found(issue)["session_over"] == "Overdose"

    @pytest.mark.parametrize(
        ("change", "word"),
        [
            ({"status": SessionStatus.CANCELLED}, "Cette formation est annulée"),
            ({"status": SessionStatus.CLOSED}, "Les inscriptions sont closes"),
            ({"enrolment_closes_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}, "Les inscriptions sont closes"),
        ],
    )
    def test_a_training_nobody_can_enrol_in_any_more_is_named_and_asks_for_new_checks(
        self, issue: Issue, change: dict[str, Any], word: str
    ) -> None:
        session = SessionFactory()
        make_sheets(session.module, fr="Overdose")
        edition(issue, body=[section("trainings", training(session, text="Deux jours."))])
        check(issue)
        assert state_of(issue).is_green
        Session.objects.filter(pk=session.pk).update(**change)
        assert not state_of(issue).is_current, "what was checked is no longer true"
        assert found(issue)["session_lost"] == f"Overdose ({word})"
        assert not state_of(issue).is_green

    def test_a_seat_taken_since_the_checks_asks_for_no_new_ones(self, issue: Issue) -> None:
        session = SessionFactory(capacity=1)
        make_sheets(session.module, fr="Overdose")
        edition(issue, body=[section("trainings", training(session, text="Deux jours."))])
        check(issue)
        EnrolmentFactory(session=session)
        assert state_of(issue).is_green

    def test_an_item_of_others_among_the_trainings_is_not_over(self, issue: Issue) -> None:
        edition(issue, body=[section("trainings", item(title="Ailleurs", note="Le 12 mars", url="https://example.org/"))])
        assert "session_over" not in found(issue)

    def test_editions_that_do_not_tell_the_same_number_of_things_are_noted_and_may_leave(self, issue: Issue) -> None:
        one, two = (item(title=name, text="x", url=f"https://example.org/{name}") for name in ("a", "b"))
        edition(issue, "fr", body=[section("press", one, two)])
        edition(issue, "nl", body=[section("press", one)])
        assert found(issue) == {"editions_differ": "FR 2, NL 1"}
        assert state_of(issue).is_green


class TestTheMailItself:
    """What no editor can do wrong: our own template could, one day."""

    def written(self, html: str, text: str = "https://example.org/ https://example.org/leave") -> dict[str, str]:
        content = issue_content(1)
        page = IssuePage(subject=content.subject, preheader=content.preheader, body=[])
        kept = Edition(page, content, Mail(content.subject, html, text, "x"), "https://example.org/leave")
        return {finding.check: finding.about for finding in check_edition(kept)}

    LEAVE = '<a href="https://example.org/leave">x</a>'

    def test_a_whole_one_is_fine(self) -> None:
        assert (
            self.written(
                f'<img src="a.png" alt="">{self.LEAVE}<a href="mailto:a@example.org">x</a>',
                text="https://example.org/leave mailto:a@example.org",
            )
            == {}
        )

    def test_a_picture_without_an_alternative_text(self) -> None:
        assert self.written(f'<img src="a.png">{self.LEAVE}') == {"alt_missing": "a.png"}

    @pytest.mark.parametrize("address", ["/fr/actualites/", "actualites/", "javascript:x()", "data:text/html,x", ""])
    def test_a_link_no_mail_program_can_follow(self, address: str) -> None:
        assert self.written(f'{self.LEAVE}<a href="{address}">x</a>') == {"relative_link": address or "–"}

    def test_an_address_the_text_part_lacks(self) -> None:
        assert self.written(f'{self.LEAVE}<a href="https://example.org/z">x</a>') == {"text_incomplete": "https://example.org/z"}

    def test_a_mail_nobody_can_leave_by(self) -> None:
        assert self.written('<a href="https://example.org/">x</a>') == {"unsubscribe_missing": ""}

    def test_each_of_them_must_be_mended(self) -> None:
        page = IssuePage(subject="x", preheader="y", body=[])
        mail = Mail("x", '<img src="a"><a href="/x">x</a><a href="https://example.org/z">x</a>', "", "x")
        findings = list(check_edition(Edition(page, issue_content(1), mail, "https://example.org/leave")))
        assert {finding.check for finding in findings} == {"alt_missing", "relative_link", "text_incomplete", "unsubscribe_missing"}
        assert {finding.level for finding in findings} == {Level.STOP}


class TestLinks:
    def test_each_address_is_tried_once_and_the_dead_are_named(self, issue: Issue) -> None:
        tried: list[str] = []

        def answer(url: str) -> int | None:
            tried.append(url)
            return {"https://example.org/gone": 404, "https://example.org/shy": 403}.get(url, 200)

        items = [item(title=name, text="x", url=f"https://example.org/{name}") for name in ("gone", "shy", "good")]
        for language in ("fr", "nl"):
            edition(issue, language, body=[section("press", *items)])
        report = check(issue, try_it=answer)
        assert sorted(tried) == ["https://example.org/gone", "https://example.org/good", "https://example.org/shy"]
        assert [(each["check"], each["language"], each["about"]) for each in report.findings if each["level"] == "look"] == [
            ("dead_link", "fr", "https://example.org/gone"),
            ("dead_link", "nl", "https://example.org/gone"),
        ]

    def test_when_nobody_answers_it_is_a_note_and_stops_nothing(self, issue: Issue) -> None:
        edition(issue)
        assert list(found(issue, try_it=lambda url: None)) == ["unchecked_link"]
        assert state_of(issue).is_green

    @pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"])
    def test_a_server_that_speaks_something_else_is_no_accident(self, answer: bytes) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:
            pool.submit(_answer_once, server, answer)
            assert try_url(f"http://127.0.0.1:{server.getsockname()[1]}/") is None

    def test_pages_of_the_site_are_looked_up_not_called(self) -> None:
        page = news_page()
        base = "http://testserver"
        addresses = [("fr", f"{base}{page.url}"), ("fr", f"{base}/fr/nulle-part/"), ("fr", f"{base}/healthz")]
        findings = list(check_links(addresses, base, lambda url: pytest.fail("it called the site")))
        assert [finding.about for finding in findings] == [f"{base}/fr/nulle-part/"]

    @pytest.mark.parametrize("officers", ["fr", "nl", "en"])
    def test_our_own_addresses_are_known_whatever_language_the_officer_reads(self, officers: str) -> None:
        place, base, addresses = PlaceFactory(), "http://testserver", []
        for language in ("fr", "nl", "en"):
            with translation.override(language):
                addresses.append((language, f"{base}{place.get_absolute_url()}"))
        with translation.override(officers):
            assert list(check_links(addresses, base, lambda url: pytest.fail("it called the site"))) == []

    def test_a_link_in_free_words_counts_too(self, issue: Issue) -> None:
        edition(issue, body=[("text", '<p>Voyez <a href="https://example.org/gone">ici</a> et <a href="javascript:x()">là</a>.</p>')])
        assert found(issue, try_it=lambda url: 404) == {"dead_link": "https://example.org/gone"}


class TestDomain:
    @pytest.mark.parametrize(
        ("records", "names"),
        [
            ({}, ["domain_spf", "domain_dmarc", "domain_dkim"]),
            ({"smes.be": ["v=spf1 -all"], "_dmarc.smes.be": ["v=DMARC1; p=none"]}, ["domain_dkim"]),
            ({"smes.be": ["v=spf1 -all"], "_dmarc.smes.be": ["v=DMARC1"], "s1._domainkey.smes.be": ["k=rsa; p=x"]}, []),
        ],
    )
    def test_missing_records_are_named(self, records: dict[str, list[str]], names: list[str]) -> None:
        assert [finding.check for finding in check_domain("smes.be", "smes.be", lambda name: records.get(name, []))] == names

    def test_where_dns_does_not_answer_nothing_is_claimed(self) -> None:
        (finding,) = check_domain("smes.be", "smes.be", lambda name: None)
        assert (finding.check, finding.level) == ("domain_unknown", Level.NOTE)

    def test_the_policy_of_the_domain_above_holds_below(self) -> None:
        records = {"_dmarc.smes.be": ["v=DMARC1; p=none"], "news.smes.be": ["v=spf1 -all"], "mail._domainkey.news.smes.be": ["p=x"]}
        assert list(check_domain("news.smes.be", "news.smes.be", lambda name: records.get(name, []))) == []

    def test_spf_is_asked_of_the_domain_mails_come_back_to(self) -> None:
        records = {"smes.be": ["v=spf1 -all"], "_dmarc.smes.be": ["v=DMARC1"], "mail._domainkey.smes.be": ["p=x"]}
        (finding,) = check_domain("smes.be", "returns.smes.be", lambda name: records.get(name, []))
        assert (finding.check, finding.about) == ("domain_spf", "returns.smes.be")


class TestAudience:
    def test_readers_without_an_edition_are_counted_by_the_rule(self, issue: Issue) -> None:
        edition(issue)
        audience(3, "nl")
        assert found(issue) == {"missing_nothing": "NL 3"}
        Issue.objects.filter(pk=issue.pk).update(missing_edition="french")
        assert found(issue) == {"missing_french": "NL 3"}

    def test_nobody_at_all_stops_it(self) -> None:
        issue = IssueFactory()
        edition(issue)
        assert "nobody" in found(issue)


class TestOverruling:
    def test_a_reason_turns_it_green_and_holds_for_the_next_run(self, issue: Issue) -> None:
        edition(issue, preheader="")
        (finding,) = map(Finding.from_json, check(issue).findings)
        override_finding(issue_id=issue.pk, key=finding.key, reason="On purpose.", now=timezone.now(), by=UserFactory())
        assert state_of(issue).is_green
        check(issue)
        assert state_of(issue).is_green

    def test_what_must_be_mended_cannot_be_overruled(self, issue: Issue) -> None:
        edition(issue, body=[])
        (finding,) = map(Finding.from_json, check(issue).findings)
        with pytest.raises(CannotOverride):
            override_finding(issue_id=issue.pk, key=finding.key, reason="I insist.", now=timezone.now(), by=UserFactory())

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_no_reason_is_no_reason(self, issue: Issue, reason: str) -> None:
        edition(issue, preheader="")
        (finding,) = map(Finding.from_json, check(issue).findings)
        with pytest.raises(CannotOverride):
            override_finding(issue_id=issue.pk, key=finding.key, reason=reason, now=timezone.now(), by=UserFactory())

    def test_other_words_need_another_look(self, issue: Issue) -> None:
        page = edition(issue)
        check(issue)
        page.intro = "Autre chose."
        page.save_revision()
        assert not state_of(issue).is_current
