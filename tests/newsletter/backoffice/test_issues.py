"""An issue in the back-office: from the plan to the result, through the real pages."""

import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsletter.models import InFlightNote, Issue
from newsletter.sending import ledger
from newsletter.sending.schedule import send_issue, start_due_issues
from newsletter.sending.sender import Sender, finish_or_reschedule
from newsletter.sending.transport import Answer, Outcome
from tests.cartography.factories import PlaceFactory
from tests.core.factories import UserFactory
from tests.core.sink import Sink
from tests.html import text, texts
from tests.newsletter.backoffice.pages import issue_page, officer, url
from tests.newsletter.factories import IssueFactory, SubscriberFactory
from tests.newsletter.issues import audience, edition, green, index_page, issue_under_way, item, news_page, section

pytestmark = pytest.mark.django_db


class TestFromPlanToAssembly:
    def test_planning_leads_to_the_assembly(self) -> None:
        client = officer()
        answer = client.post(reverse("newsletter_issue:plan"))
        issue = Issue.objects.get()
        assert answer["Location"] == url("assemble", issue)

    def test_what_is_ticked_comes_in_its_order_with_its_words(self) -> None:
        for language in ("fr", "nl"):
            index_page(language)
        one, two, three = (news_page(title=title) for title in ("Un", "Deux", "Trois"))
        issue, client = IssueFactory(), officer()
        html = client.get(url("assemble", issue)).content.decode()
        assert all(title in html for title in ("Un", "Deux", "Trois", "Shorten"))
        data: dict[str, Any] = {"languages": ["fr"]}
        for page, place in ((one, "2"), (three, "1")):
            key = f"page-{page.translation_key}"
            data |= {f"{key}-pick": "on", f"{key}-position": place, f"{key}-title_fr": page.title, f"{key}-text_fr": f"Court {page.title}"}
        data[f"page-{two.translation_key}-position"] = "3"
        assert client.post(url("assemble", issue), data)["Location"].endswith(f"/inspect/{issue.pk}/")
        preview = client.get(url("mail", issue, "fr", "text")).content.decode()
        assert "Deux" not in preview
        assert preview.index("Court Trois") < preview.index("Court Un")
        assert "already in the issue" in client.get(url("assemble", issue)).content.decode()

    def test_a_place_of_the_map_is_ticked_once(self) -> None:
        index_page("fr")
        place = PlaceFactory(name_fr="Le Fil", published_at=timezone.now())
        issue, client = IssueFactory(), officer()
        data = {
            "languages": ["fr"],
            f"place-{place.pk}-pick": "on",
            f"place-{place.pk}-title_fr": "Le Fil",
            f"place-{place.pk}-text_fr": "Court.",
        }
        client.post(url("assemble", issue), data)
        assert "Court." in client.get(url("mail", issue, "fr", "text")).content.decode()
        again = client.get(url("assemble", issue)).content.decode()
        assert "already in the issue" in again
        assert f'name="place-{place.pk}-pick" checked' not in again.replace("  ", " ")

    def test_a_very_long_page_can_be_assembled_and_keeps_its_own_text(self) -> None:
        """As a browser sends them back untouched: with other line breaks."""
        index_page("fr")
        page = news_page(title="T" * 200, intro="m\n" * 500)
        issue, key = IssueFactory(), f"page-{page.translation_key}"
        untouched = {f"{key}-pick": "on", f"{key}-title_fr": page.title, f"{key}-text_fr": page.intro.replace("\n", "\r\n")}
        answer = officer().post(url("assemble", issue), untouched | {"languages": ["fr"]})
        assert answer.status_code == 302
        [block] = issue.pages.get().get_latest_revision_as_object().body[0].value["items"]
        assert (block.value["title"], block.value["text"]) == ("", ""), "a correction of the page arrives here"

    def test_words_that_were_written_too_long_are_shown_with_the_reason(self) -> None:
        index_page("fr")
        key = f"page-{news_page().translation_key}"
        data = {"languages": ["fr"], f"{key}-pick": "on", f"{key}-title_fr": "x", f"{key}-text_fr": "y" * 601}
        html = officer().post(url("assemble", IssueFactory()), data).content.decode()
        assert "At most 600 characters." in " ".join(texts(html, "details[open]"))

    def test_without_a_language_it_is_asked_again(self) -> None:
        index_page("fr")
        assert "at least one language" in officer().post(url("assemble", IssueFactory()), {}).content.decode()


class TestPreviewAndTest:
    @pytest.mark.parametrize(("mode", "words"), [("mail", "<h1"), ("dark", "@media all"), ("text", "Unsubscribe in one step")])
    def test_the_mail_as_readers_see_it(self, mode: str, words: str) -> None:
        issue = IssueFactory()
        edition(issue, "en")
        answer = officer().get(url("mail", issue, "en", mode))
        assert words in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]

    def test_a_language_without_an_edition_has_no_preview(self) -> None:
        assert officer().get(url("preview", IssueFactory(), "nl")).status_code in {302, 404}

    def test_the_size_stands_in_the_editor_and_in_the_preview(self) -> None:
        issue = IssueFactory()
        page = edition(issue)
        boss = Client(headers={"accept-language": "en"})
        boss.force_login(UserFactory(is_superuser=True, is_staff=True))
        for address in (url("preview", issue, "fr"), reverse("wagtailadmin_pages:edit", args=[page.pk])):
            html = boss.get(address).content.decode()
            assert "data-smes-mail-size" in html
            assert "Gmail cuts a mail off" in html

    def test_a_test_goes_to_colleagues_only_and_says_so(self, mailoutbox: list[Any]) -> None:
        issue = IssueFactory()
        edition(issue, "fr")
        edition(issue, "nl")
        subscriber = SubscriberFactory()
        officer().post(url("test", issue), {"languages": ["fr", "nl"], "recipients": "a@example.org\nb@example.org"})
        assert sorted(mail.to[0] for mail in mailoutbox) == ["a@example.org", "a@example.org", "b@example.org", "b@example.org"]
        assert all(mail.subject.startswith("[Test] ") for mail in mailoutbox)
        assert subscriber.email not in str([mail.to for mail in mailoutbox])
        assert not issue.deliveries.exists()

    def test_a_test_to_a_domain_with_accents_leaves_too(self, sink: Sink) -> None:
        issue = IssueFactory()
        edition(issue)
        answer = officer().post(url("test", issue), {"languages": ["fr"], "recipients": "x@brüssel.example"})
        assert answer.status_code == 302
        assert str(sink.messages[0]["To"]) == "x@xn--brssel-4ya.example"

    @pytest.mark.parametrize("recipients", ["", "no address", "a@example.org\nnot one", "\n".join(f"{n}@example.org" for n in range(6))])
    def test_a_test_needs_one_to_five_addresses(self, recipients: str, mailoutbox: list[Any]) -> None:
        issue = IssueFactory()
        edition(issue)
        assert officer().post(url("test", issue), {"languages": ["fr"], "recipients": recipients}).status_code == 422
        assert mailoutbox == []

    def test_findings_are_shown_and_overruled_with_a_reason(self, monkeypatch: pytest.MonkeyPatch) -> None:
        issue, client = IssueFactory(), officer()
        edition(issue, preheader="", body=[section("smes", item(title="x", text="x"))])
        SubscriberFactory()
        green(issue)
        html = issue_page(client, issue)
        assert "The line after the subject is missing" in html
        key = next(iter(issue.preflights.get().findings))
        from newsletter.preflight.findings import Finding

        address = url("override", issue, Finding.from_json(key).key)
        assert "The line after the subject is missing" in client.get(address).content.decode()
        client.post(address, {"reason": "A quiet month."})
        assert "A quiet month." in issue_page(client, issue)
        assert issue.overrides.get().by is not None


class TestSending:
    def test_the_send_page_says_how_many_in_which_language_and_by_which_rule(self) -> None:
        issue = IssueFactory()
        edition(issue, "fr")
        audience(4, "fr")
        audience(3, "en")
        html = officer().get(url("send", green(issue))).content.decode()
        assert "<b>4 people</b>" in html
        assert "They get nothing this time" in html

    @pytest.mark.parametrize("stored", ["nothing", "french"])
    def test_each_rule_says_how_many_whichever_was_stored(self, stored: str) -> None:
        issue = IssueFactory(missing_edition=stored)
        edition(issue, "fr")
        audience(4, "fr")
        audience(3, "en")
        html = officer().get(url("send", issue)).content.decode()
        assert "It goes to <b>4 people</b> or <b>7 people</b>, as you choose below." in html
        assert "They get nothing this time (4 people in all)" in html
        assert "They get the French edition (7 people in all)" in html
        assert html.count("or the French edition if you choose so below") == 2, "of Dutch and English readers"

    def test_without_a_french_edition_it_promises_none(self) -> None:
        issue = IssueFactory()
        edition(issue, "nl")
        audience(2, "nl")
        audience(3, "fr")
        html = officer().get(url("send", issue)).content.decode()
        assert "It goes to <b>2 people</b>." in html
        assert "They get the French edition (2 people in all)" in html
        assert "if you choose so below" not in html

    @pytest.mark.parametrize("four_eyes", [True, False])
    def test_a_frozen_edition_is_edited_only_as_a_draft_again(self, settings: Any, four_eyes: bool) -> None:
        settings.NEWSLETTER_FOUR_EYES = four_eyes
        issue, boss = IssueFactory(), Client(headers={"accept-language": "en"})
        boss.force_login(UserFactory(is_superuser=True, is_staff=True))
        page = edition(issue)
        SubscriberFactory()
        editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
        boss.post(url("send", green(issue)), {"missing_edition": "nothing", "send_at": "2043-01-02 10:00"})
        assert "Edit in" not in issue_page(boss, issue)
        assert "Add from the site" not in issue_page(boss, issue)
        for address in (editor, url("assemble", issue)):
            for answer in (boss.get(address, follow=True), boss.post(address, {"languages": ["fr"], "intro": "Autre"}, follow=True)):
                assert answer.redirect_chain == [(reverse("newsletter_issues:inspect", args=[issue.pk]), 302)]
                assert "Press “Back to a draft” first" in answer.content.decode()
        assert page.revisions.count() == 1
        boss.post(url("unschedule", issue))
        assert boss.get(editor).status_code == boss.get(url("assemble", issue)).status_code == 200
        assert "Edit in" in issue_page(boss, issue)

    def test_the_issue_page_says_in_the_officers_language_why_it_was_not_sent(self) -> None:
        issue, client = IssueFactory(), officer()
        edition(issue)
        subscriber, now = SubscriberFactory(), timezone.now()
        send_issue(issue_id=green(issue).pk, now=now, by=UserFactory(), send_at=now + datetime.timedelta(days=1))
        subscriber.delete()
        start_due_issues(now=now + datetime.timedelta(days=1))
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
        html = issue_page(client, issue)
        assert "Personne ne le recevrait." in text(html, ".help-critical")
        assert "Personne ne le recevrait." in text(html, ".issue-admin__steps")
        SubscriberFactory()
        client.post(url("send", green(issue)), {"missing_edition": "nothing", "send_at": "2043-01-02 10:00"})
        assert "help-critical" not in issue_page(client, issue)

    def test_sending_watching_and_the_result(self, mailoutbox: list[Any]) -> None:
        issue, client = IssueFactory(), officer()
        edition(issue)
        audience(3)
        client.post(url("send", green(issue)), {"missing_edition": "nothing", "send_at": ""})
        html = issue_page(client, issue)
        assert "It is leaving" in html
        assert 'data-status="scheduled"' in html, "its page sees it begin"
        assert client.get(url("progress", issue)).json()["status"] == "scheduled"
        with time_machine.travel(timezone.now() + datetime.timedelta(minutes=3)):
            assert client.get(url("progress", issue)).json()["status"] == "late", "so that its page says it without being asked"
            html = issue_page(client, issue)
            assert "no worker has taken it up" in html
            assert 'data-status="late"' in html
        start_due_issues(now=timezone.now())
        progress = client.get(url("progress", issue)).json()
        assert (progress["status"], progress["done"], progress["total"]) == ("sending", "0", "3")
        assert "data-smes-sending" in issue_page(client, issue)
        Sender(issue.pk).run(seconds=5, rate=0)
        assert client.get(url("progress", issue)).json()["share"] == 100
        html = issue_page(client, issue)
        assert "All 3 readers of the audience are accounted for." in html
        assert "Send to those who did not get it" in html

    def test_without_green_checks_the_page_refuses(self) -> None:
        issue = IssueFactory()
        edition(issue)
        SubscriberFactory()
        html = officer().post(url("send", issue), {"missing_edition": "nothing", "send_at": ""}).content.decode()
        assert "The checks are not green" in html
        assert Issue.objects.get().status == "draft"

    def test_schedule_unschedule_pause_resume_stop(self) -> None:
        issue, client = IssueFactory(), officer()
        edition(issue)
        audience(3)
        green(issue)
        client.post(url("send", issue), {"missing_edition": "nothing", "send_at": "2043-01-02 10:00"})
        assert "It leaves on Friday 2 January 2043 at 10.00." in issue_page(client, issue)
        client.post(url("unschedule", issue))
        client.post(url("send", issue), {"missing_edition": "nothing", "send_at": ""})
        start_due_issues(now=timezone.now())
        for step, status in (("pause", "paused"), ("resume", "sending"), ("pause", "paused")):
            assert client.get(url(step, issue)).status_code == 200
            client.post(url(step, issue))
            assert Issue.objects.get().status == status
        client.post(url("stop", issue), {"reason": "A wrong date."})
        assert Issue.objects.get().status == "cancelled"
        assert "A wrong date." in issue_page(client, issue)

    def test_looking_changes_nothing(self) -> None:
        issue, client = issue_under_way(2), officer()
        for name in ("pause", "stop", "send_to_missed", "send"):
            client.get(url(name, issue))
        assert Issue.objects.get().status == "sending"

    @pytest.mark.parametrize("name", ["test", "send", "unschedule", "pause", "stop", "send_to_missed"])
    def test_each_button_names_the_issue_it_is_about(self, name: str) -> None:
        issue = IssueFactory()
        edition(issue)
        html = officer().get(url(name, issue)).content.decode()
        assert texts(html, "main h2")[0].endswith(f" · {issue}")

    def test_a_stale_button_explains_itself(self) -> None:
        issue, client = issue_under_way(2), officer()
        client.post(url("pause", issue))
        assert "was quicker" in client.post(url("pause", issue)).content.decode()


class TestAfterSending:
    def test_who_did_not_get_it_as_a_spreadsheet_without_formulas(self) -> None:
        issue = issue_under_way(2)
        now = timezone.now()
        [claim] = ledger.claim_batch(issue_id=issue.pk, holder="x", results=(), size=1, now=now)
        refused = Answer(Outcome.REFUSED, 550, "=cmd|' /C calc'!A0")
        ledger.claim_batch(issue_id=issue.pk, holder="x", results=[ledger.Result(claim.delivery_id, refused, now)], size=0, now=now)
        answer = officer().get(url("failures", issue))
        rows = list(openpyxl.load_workbook(BytesIO(b"".join(answer))).active.values)
        assert rows[1][0] == claim.email
        assert rows[1][3:5] == (550, "'=cmd|' /C calc'!A0")
        assert len(rows) == 2

    def test_what_we_noted_ourselves_is_said_in_the_officers_language(self) -> None:
        issue, now = issue_under_way(1), timezone.now()
        ledger.claim_batch(issue_id=issue.pk, holder="gone", results=(), size=1, now=now)
        InFlightNote.objects.update(state=InFlightNote.SENDING)
        finish_or_reschedule(issue_id=issue.pk, now=now + datetime.timedelta(hours=1))
        client = officer()
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
        rows = list(openpyxl.load_workbook(BytesIO(b"".join(client.get(url("failures", issue))))).active.values)
        assert rows[1][4] == "L’envoi s’est interrompu avant que le résultat soit connu."
        client.post(url("send_to_missed", issue), {"with_uncertain": "on"})
        assert "À qui ne l’a pas reçu." in text(issue_page(client, issue), ".issue-admin__steps")

    def test_words_and_a_picture_for_the_social_media(self) -> None:
        issue, client = IssueFactory(), officer()
        text = "Beaucoup de mots. " * 30
        edition(issue, body=[section("smes", item(title="Un titre", text=text, url="https://example.org/a"))])
        html = client.get(url("social", issue)).content.decode()
        post = texts(html, "textarea")[0]
        assert len(post) <= 300
        assert post.endswith("… https://example.org/a")
        picture = client.get(url("picture", issue, "fr", 0))
        assert picture.content.startswith(b"\x89PNG")
        assert picture.content == client.get(url("picture", issue, "fr", 0)).content
        assert client.get(url("picture", issue, "fr", 9)).status_code == 404


class TestWhoMayDoWhat:
    def test_writing_is_not_sending(self) -> None:
        issue, writer = IssueFactory(), officer("send_issue")
        edition(issue)
        SubscriberFactory()
        green(issue)
        assert "Send or schedule" not in issue_page(writer, issue)
        for name in ("send", "approve", "unschedule", "pause", "resume", "stop", "send_to_missed"):
            assert writer.post(url(name, issue)).status_code in {302, 403}
        assert Issue.objects.get().status == "draft"

    def test_addresses_leave_only_with_the_right_to_export_readers(self) -> None:
        answer = officer("export_subscriber").get(url("failures", issue_under_way(1)))
        assert answer.status_code in {302, 403}

    @pytest.mark.parametrize("count", [2, 12])
    def test_the_listing_costs_the_same_for_few_and_many(self, count: int, django_assert_max_num_queries: Any) -> None:
        for _number in range(count):
            edition(IssueFactory())
        client = officer()
        client.get(reverse("newsletter_issues:index"))
        with django_assert_max_num_queries(20):
            client.get(reverse("newsletter_issues:index"))
