"""The communication officer brings a list: looks at it, sees how far it is, decides, and keeps the report."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from newsletter.enums.subscribers import ImportStatus, LineOutcome
from newsletter.models import Consent, Subscriber, SubscriberImport, SubscriberImportLine, Suppression
from tests.core.mailing import work_off
from tests.core.spreadsheets import sheet
from tests.newsletter.factories import SubscriberFactory

pytestmark = pytest.mark.django_db

LIST = "E-mail;Langue\nnora@example.org;nl\nNORA@example.org;nl\n=1+1;fr\nreader@example.org;fr\n"


def upload(client: Client, content: bytes | None = None, **typed: Any) -> Any:
    file = SimpleUploadedFile("liste été.csv", content if content is not None else LIST.encode("utf-8-sig"), "text/csv")
    wanted = {"file": file, "source": "Paper list of the study morning", "agreed_on": "2026-03-12", "language": "fr"}
    return client.post(reverse("newsletter_imports:add"), wanted | typed)


def look(client: Client) -> Any:
    return client.get(reverse("newsletter_imports:inspect", args=[SubscriberImport.objects.get().pk]))


def press(client: Client, name: str) -> str:
    return client.post(reverse(f"newsletter_backoffice:{name}", args=[SubscriberImport.objects.get().pk]), follow=True).content.decode()


def test_from_the_file_to_the_report(officer: Client) -> None:
    SubscriberFactory(email="reader@example.org")
    assert upload(officer).status_code == 302

    response = look(officer)
    assert response["Refresh"] == "2"
    assert "0 of 4 lines" in response.content.decode()
    assert "Import 1 new reader" not in response.content.decode()

    work_off()
    response = look(officer)
    html = response.content.decode()
    assert "Refresh" not in response
    for words in ("Import 1 new reader", "new reader", "same address on an earlier line", "not an e-mail address", "reader already"):
        assert words in html
    assert Subscriber.objects.count() == 1

    page = officer.get(reverse("newsletter_backoffice:begin_import", args=[SubscriberImport.objects.get().pk])).content.decode()
    assert "1 new readers get the next issue" in page
    assert Subscriber.objects.count() == 1

    press(officer, "begin_import")
    work_off()
    assert Subscriber.objects.get(email="nora@example.org").language == "nl"
    assert Consent.objects.get().recorded_by == "Ines Exemple"
    assert SubscriberImport.objects.get().status == ImportStatus.DONE


def test_the_report_says_of_each_line_what_became_of_it_and_can_be_downloaded(officer: Client) -> None:
    upload(officer)
    work_off()
    path = reverse("newsletter_backoffice:import_lines", args=[SubscriberImport.objects.get().pk])
    html = officer.get(path).content.decode()
    assert "line 2" in html
    rows = sheet(officer, path)
    assert rows[0] == ["Line", "E-mail address", "Language", "Themes", "Outcome", "Note", "Proof in the file"]
    assert [(row[0], row[1], row[4]) for row in rows[1:]] == [
        (2, "nora@example.org", "new reader"),
        (3, "nora@example.org", "same address on an earlier line"),
        (4, "'=1+1", "not an e-mail address"),
        (5, "reader@example.org", "new reader"),
    ]
    assert len(sheet(officer, path, outcome=LineOutcome.INVALID)) == 2


def test_an_unknown_status_stops_the_import_until_the_officer_says_what_it_means(officer: Client) -> None:
    upload(officer, b"email;Abonnement 2023\nnora@example.org;zwart\njules@example.org;wit\nluc@example.org;\n")
    html = look(officer).content.decode()
    assert "Say what they mean" in html
    assert "Import 1 new reader" not in html
    path = reverse("newsletter_backoffice:import_questions", args=[SubscriberImport.objects.get().pk])
    page = officer.get(path).content.decode()
    assert "Abonnement 2023: “zwart”" in page
    assert "(empty)" in page
    assert officer.post(path, {"answer_0_0": "unsubscribed", "answer_0_1": "subscribed"}).status_code == 200  # one is missing
    officer.post(path, {"answer_0_0": "unsubscribed", "answer_0_1": "subscribed", "answer_0_2": "unconfirmed"})
    work_off()
    assert [line.outcome for line in SubscriberImportLine.objects.all()] == [LineOutcome.KEPT_OUT, LineOutcome.NEW, LineOutcome.NO_CONSENT]
    page = officer.get(reverse("newsletter_backoffice:begin_import", args=[SubscriberImport.objects.get().pk])).content.decode()
    assert "1 addresses that left or do not work" in page


def test_a_file_named_after_those_who_left_only_keeps_them_out(officer: Client) -> None:
    file = SimpleUploadedFile("unsubscribed_members_export.csv", b"email,first name\nnora@example.org,Nora\n", "text/csv")
    upload(officer, file=file)
    work_off()
    html = look(officer).content.decode()
    assert "The name of this file says of everybody in it: has left" in html
    assert "Keep out who left" in html
    assert "first name" in html
    press(officer, "begin_import")
    work_off()
    assert not Subscriber.objects.exists()
    assert Suppression.objects.of("nora@example.org").exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"source": ""},
        {"source": "   "},
        {"source": "abc"},
        {"agreed_on": ""},
        {"agreed_on": "2999-01-01"},
        {"language": "de"},
        {"file": ""},
    ],
)
def test_without_a_source_and_a_day_of_consent_nothing_is_read(officer: Client, typed: dict[str, Any]) -> None:
    assert upload(officer, **typed).status_code == 200
    assert not SubscriberImport.objects.exists()


@pytest.mark.parametrize("content", [b"name;town\nNora;Brussels\n", b"\x89PNG\r\n\x1a\n\x00\x00", b"email\n"])
def test_a_file_that_is_no_list_is_refused_with_a_reason(officer: Client, content: bytes) -> None:
    html = upload(officer, content).content.decode()
    assert "error" in html
    assert not SubscriberImport.objects.exists()


def test_a_file_can_be_forgotten_before_anybody_is_written(officer: Client) -> None:
    upload(officer)
    work_off()
    press(officer, "cancel_import")
    assert not SubscriberImportLine.objects.exists()
    assert not Subscriber.objects.exists()
    assert "not waiting for you any more" in press(officer, "begin_import")


def test_pressed_twice_it_is_imported_once(officer: Client) -> None:
    upload(officer)
    work_off()
    press(officer, "begin_import")
    assert "not waiting for you any more" in press(officer, "begin_import")
    work_off()
    assert Subscriber.objects.count() == 2


def test_who_may_look_at_imports_may_not_import(coordinator: Client) -> None:
    assert upload(coordinator).status_code in {302, 403}
    assert not SubscriberImport.objects.exists()
