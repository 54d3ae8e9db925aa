"""What other tools say of a consent: who left is kept out, who agreed brings the proof, an unknown word is asked. Nobody comes back."""

import csv
import datetime
import io
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.enums.subscribers import ConsentAction, ImportStatus, LineOutcome, Standing, SubscriberStatus, SuppressionReason
from newsletter.models import Consent, Subscriber, SubscriberImport, Suppression
from newsletter.subscribers.importing import run as imports
from newsletter.subscribers.importing import validation
from newsletter.subscribers.importing.reading import bare_address, read_file
from newsletter.subscribers.importing.standing import moment, standing_of_file
from newsletter.subscribers.importing.vocabulary import STATUS_WORDS
from newsletter.subscribers.status import register, suppress
from tests.newsletter.factories import SubscriberFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 12)


def bring(content: str, filename: str = "list.csv", answers: Any = None) -> SubscriberImport:
    """From the file to the end, as a person who agrees with the dry run."""
    now = timezone.now()
    new = imports.start_import(
        content=content.encode(), filename=filename, source="Export of the old tool", agreed_on=TODAY, language="fr", by=None, now=now,
        in_background=False,
    )  # fmt: skip
    if answers is not None:
        imports.answer_questions(import_id=new.pk, answers=answers, in_background=False)
    imports.check_import(import_id=new.pk, now=now)
    imports.begin_import(import_id=new.pk, in_background=False)
    return imports.run_import(import_id=new.pk, now=now)


def standings(content: str, filename: str = "list.csv") -> list[str]:
    return [line["standing"] for line in read_file(content.encode(), filename).lines]


MAILCHIMP = "Email Address,First Name,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LAST_CHANGED,{more},TAGS\n"
ROW = "nora@example.org,Nora,2021-03-01 10:11:12,,2021-03-05 10:12:00,192.0.2.1,2024-01-01 00:00:00,{more},\n"
EXPORTS = {
    "Mailchimp, unsubscribed": (
        (MAILCHIMP + ROW).replace("{more}", "UNSUB_TIME,UNSUB_REASON", 1).replace("{more}", "2024-02-02 10:00:00,NORMAL"),
        "unsubscribed",
    ),
    "Mailchimp, cleaned": (
        (MAILCHIMP + ROW).replace("{more}", "CLEAN_TIME,CLEAN_CAMPAIGN_TITLE", 1).replace("{more}", "2024-02-02 10:00:00,N"),
        "bounced",
    ),
    "Mailchimp, subscribed": ((MAILCHIMP + ROW).replace("{more}", "NOTES", 1).replace("{more}", ""), "subscribed"),
    "Brevo, opt-in 0": ("EMAIL;NOM;OPT_IN;DOUBLE_OPT-IN\nnora@example.org;Ex;0;\n", "unsubscribed"),
    "Brevo, opt-in non": ("EMAIL;NOM;OPT_IN\nnora@example.org;Ex;Non\n", "unsubscribed"),
    "Brevo, opt-in empty": ("EMAIL;OPT_IN\nnora@example.org;\nluc@example.org;1\n", "unconfirmed"),
    "Brevo, blacklisted": ("EMAIL;EMAIL_BLACKLISTED\nnora@example.org;true\n", "unsubscribed"),
    "Brevo, double opt-in no": ("EMAIL;DOUBLE_OPT-IN\nnora@example.org;2\n", "unconfirmed"),
    "Mailjet": ("email,name,IsExcludedFromCampaigns\nnora@example.org,Nora,true\n", "unsubscribed"),
    "Mailjet, in": ("email,name,IsExcludedFromCampaigns\nnora@example.org,Nora,false\n", "subscribed"),
    "Sendy": ("Name,Email,Joined,Status\nN,nora@example.org,,Marked as spam\n", "complained"),
    "MailPoet": ("Email,First name,Global status\nnora@example.org,N,unconfirmed\n", "unconfirmed"),
    "a spreadsheet in French": ("Courriel;Statut\nnora@example.org;Désinscrit·e\n", "unsubscribed"),
    "a spreadsheet in French, date": ("Courriel;Date de désinscription\nnora@example.org;02/02/2024\n", "unsubscribed"),
    "a spreadsheet in Dutch": ("E-mailadres;Status\nnora@example.org;uitgeschreven\n", "unsubscribed"),
    "a spreadsheet in Dutch, yes": ("E-mailadres;Nieuwsbrief\nnora@example.org;ja\n", "subscribed"),
    "two columns, the stricter": ("email;status;bounced\nnora@example.org;subscribed;yes\n", "bounced"),
    "a zero date": ("email;unsubscribed_at\nnora@example.org;0000-00-00 00:00:00\n", "subscribed"),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_exports_of_the_usual_tools_say_who_left(name: str) -> None:
    content, standing = EXPORTS[name]
    assert standings(content)[0] == standing
    assert not read_file(content.encode()).questions


@pytest.mark.parametrize(
    ("filename", "standing"),
    [
        ("unsubscribed_email_audience_export_1234.csv", "unsubscribed"),
        ("cleaned_email_audience_export.csv", "bounced"),
        ("nonsubscribed_email_audience_export.csv", "unconfirmed"),
        ("subscribed_email_audience_export.csv", None),
        ("Désinscrits 2024.xlsx", "unsubscribed"),
        ("uitgeschreven lezers.csv", "unsubscribed"),
        ("bounces-mars.csv", "bounced"),
        ("Opt-outs.csv", "unsubscribed"),
        ("plaintes.csv", "complained"),
        ("liste de la newsletter.csv", None),
    ],
)
def test_the_name_of_a_file_says_it_too(filename: str, standing: str | None) -> None:
    assert standing_of_file(filename) == standing
    assert standings("email\nnora@example.org\n", filename) == [standing or "subscribed"]


def test_who_left_is_suppressed_line_by_line_and_not_added() -> None:
    sendy = "Name,Email,Status\nA,a@example.org,Subscribed\nB,b@example.org,Unsubscribed\nC,c@example.org,Bounced\n"
    done = bring(sendy + "D,d@example.org,Marked as spam\nE,e@example.org,Unconfirmed\n")
    assert [(line.outcome, line.note) for line in done.lines.all()] == [
        (LineOutcome.NEW, ""),
        (LineOutcome.KEPT_OUT, "Status: Unsubscribed"),
        (LineOutcome.KEPT_OUT, "Status: Bounced"),
        (LineOutcome.KEPT_OUT, "Status: Marked as spam"),
        (LineOutcome.NO_CONSENT, "Status: Unconfirmed"),
    ]
    assert list(Subscriber.objects.values_list("email", flat=True)) == ["a@example.org"]
    reasons = {each: [row.reason for row in Suppression.objects.of(f"{each}@example.org")] for each in "abcde"}
    assert reasons == {"a": [], "b": ["unsubscribed"], "c": ["bounced"], "d": ["complained"], "e": []}


def test_the_dates_of_a_consent_and_its_ip_are_kept_as_proof() -> None:
    bring(EXPORTS["Mailchimp, subscribed"][0])
    subscriber = Subscriber.objects.get()
    assert timezone.localtime(subscriber.confirmed_at).isoformat(" ") == "2021-03-05 10:12:00+01:00"
    proof = Consent.objects.of("nora@example.org").get()
    assert proof.evidence == "agreed 2021-03-01 10:11:12, confirmed 2021-03-05 10:12:00, ip 192.0.2.1: Export of the old tool"


@pytest.mark.parametrize(
    ("written", "language"),
    [
        *[(word, "fr") for word in ("fr-BE", "FR", "Français", "français", "French", "Frans", "fr_BE", "FR/NL")],
        *[(word, "nl") for word in ("nl_BE", "NL", "Nederlands", "néerlandais", "Dutch", "Néerlandais (BE)")],
        *[(word, "en") for word in ("en-GB", "English", "anglais", "Engels")],
    ],
)
def test_languages_as_people_write_them(written: str, language: str) -> None:
    bring(f"email;langue\nnora@example.org;{written}\n")
    assert Subscriber.objects.get().language == language


def test_a_column_that_looks_like_a_status_stops_the_import_with_a_question() -> None:
    content = "email;Abonnement 2023;Prénom\na@example.org;zwart;A\nb@example.org;wit;B\nc@example.org;;C\n"
    found = read_file(content.encode())
    assert found.questions == [{"column": "Abonnement 2023", "values": [["zwart", 1], ["wit", 1], ["", 1]]}]
    assert found.unused_columns == ["Prénom"]
    new = imports.start_import(
        content=content.encode(), filename="x.csv", source="A list", agreed_on=TODAY, language="fr", by=None, now=timezone.now()
    )
    assert new.status == ImportStatus.ASKING
    for answers in ({}, {"Abonnement 2023": {"zwart": "unsubscribed"}}, {"Abonnement 2023": {"zwart": "x", "wit": "", "": ""}}):
        with pytest.raises(imports.ImportRefused):
            imports.answer_questions(import_id=new.pk, answers=answers)
    with pytest.raises(imports.ImportRefused):
        imports.begin_import(import_id=new.pk)
    imports.cancel_import(import_id=new.pk, now=timezone.now())
    done = bring(content, answers={"Abonnement 2023": {"zwart": "unsubscribed", "wit": "subscribed", "": ""}})
    assert [line.outcome for line in done.lines.all()] == [LineOutcome.KEPT_OUT, LineOutcome.NEW, LineOutcome.NEW]


def test_a_word_we_do_not_know_in_a_status_column_is_asked_and_the_others_are_not() -> None:
    found = read_file(b"email;status\na@example.org;subscribed\nb@example.org;sleeping\nc@example.org;unsubscribed\n")
    assert found.questions == [{"column": "status", "values": [["sleeping", 1]]}]


def test_a_note_that_says_somebody_left_is_asked_and_a_town_is_not() -> None:
    rows = "".join(f"n{number}@example.org;{note};Mons\n" for number, note in enumerate(["désinscrite", *"abcdefghijklmnopq"]))
    assert read_file(f"email;remarque;ville\n{rows}".encode()).questions == [
        {"column": "remarque", "values": [["désinscrite", 1], ["*", 17]]}
    ]


def test_a_reader_who_left_elsewhere_is_taken_off_unless_she_said_yes_to_us_since() -> None:
    """The list of those who left is often brought after the list of readers."""
    imported = SubscriberFactory(email="imported@example.org")
    own = SubscriberFactory(email="own@example.org")
    back = SubscriberFactory(email="back@example.org")
    bounced = SubscriberFactory(email="bounced@example.org")
    for subscriber in (own, back):
        at = timezone.make_aware(datetime.datetime(2025, 1, 1))
        register(subscriber.email, ConsentAction.CONFIRMED, channel="link", language="fr", now=at)  # type: ignore[arg-type]
    done = bring(
        "email;status;unsubscribed_at\nimported@example.org;unsubscribed;\nown@example.org;unsubscribed;2025-06-01\n"
        "back@example.org;unsubscribed;2024-06-01\nbounced@example.org;bounced;\n"
    )
    assert [line.outcome for line in done.lines.all()] == [
        LineOutcome.REMOVED,
        LineOutcome.REMOVED,
        LineOutcome.KNOWN,
        LineOutcome.KNOWN,
    ]
    for subscriber in (imported, own, back, bounced):
        subscriber.refresh_from_db()
    assert [each.status for each in (imported, own, back, bounced)] == ["unsubscribed", "unsubscribed", "subscribed", "subscribed"]
    withdrawn = Consent.objects.of("imported@example.org").get()
    assert (withdrawn.action, withdrawn.evidence) == (ConsentAction.WITHDRAWN, "Export of the old tool, row 2")
    assert Suppression.objects.of("imported@example.org").exists()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Anna B <a@mail.example>", "a@mail.example"),
        ("mailto:b@mail.example", "b@mail.example"),
        ("d@mail.example;", "d@mail.example"),
        ("'e@mail.example'", "e@mail.example"),
        ("l\u200b@mail.example\u00a0", "l@mail.example"),
        ("K@Éxample.org", "k@xn--xample-9ua.org"),
        ("f@mail.example, g@mail.example", "f@mail.example, g@mail.example"),
        ("not an address", "not an address"),
    ],
)
def test_what_stands_around_an_address_is_taken_away(typed: str, address: str) -> None:
    assert bare_address(typed) == address


def test_dates_of_other_tools() -> None:
    days = ["2021-03-01 10:11:12", "01/03/2021", "1/03/2021 10:00", "Mar 1, 2021", "2021-03-01T10:00:00Z", "1 March 2021"]
    assert {moment(each).date() for each in days} == {datetime.date(2021, 3, 1)}  # type: ignore[union-attr]
    assert not any(moment(each) for each in ("yes", "", "2999-01-01", "31/31/2020", "0000-00-00"))


GONE_BEFORE = {
    "unsubscribed": SuppressionReason.UNSUBSCRIBED,
    "bounced": SuppressionReason.BOUNCED,
    "complained": SuppressionReason.COMPLAINED,
    "erased": SuppressionReason.ERASED,
}
WORDS = st.sampled_from(sorted(STATUS_WORDS))
PEOPLE = [*GONE_BEFORE, "anna", "bram", "chloé"]
HEADINGS = {"email": ["Email Address", "Courriel", "E-mailadres", "EMAIL"], "status": ["Status", "Statut", "STATUS"]}
lists = st.lists(st.tuples(st.sampled_from(PEOPLE), WORDS, st.booleans()), min_size=1, max_size=12)


def gone_people() -> None:
    for name, reason in GONE_BEFORE.items():
        suppress(f"{name}@example.org", reason, now=timezone.now())
        if name != "erased":
            status = SubscriberStatus(name)
            SubscriberFactory(email=f"{name}@example.org", status=status, unsubscribed_at=timezone.now())


def nobody_came_back(rows: list[tuple[str, str, bool]], order: list[str], email: str, status: str, delimiter: str) -> None:
    """One list brought, then what must hold whatever it said."""
    names = {"email": email, "status": status, "langue": "Langue", "nom": "Nom"}
    file = io.StringIO()
    writer = csv.DictWriter(file, [names[each] for each in order], delimiter=delimiter)
    writer.writeheader()
    for name, word, is_capital in rows:
        address = f"{name.replace('é', 'e')}@example.org"
        cells = {email: address.upper() if is_capital else address, status: word.title() if is_capital else word}
        writer.writerow({names[each]: (cells | {"Langue": "fr-BE", "Nom": "Exemple"})[names[each]] for each in order})
    bring(file.getvalue())
    subscribers = set(Subscriber.objects.filter(status=SubscriberStatus.SUBSCRIBED).values_list("email", flat=True))
    for name in {name for name, _word, _capital in rows}:
        said = {STATUS_WORDS[word] for each, word, _capital in rows if each == name}
        address = f"{name.replace('é', 'e')}@example.org"
        is_suppressed = Suppression.objects.of(address).exists()
        if name in GONE_BEFORE:
            assert address not in subscribers
            assert is_suppressed
        else:
            assert (address in subscribers) == (said == {Standing.SUBSCRIBED})
            assert is_suppressed == bool(said - {Standing.SUBSCRIBED, Standing.UNCONFIRMED})


class _Undo(Exception):
    pass


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    rows=lists,
    order=st.permutations(["email", "status", "langue", "nom"]),
    email=st.sampled_from(HEADINGS["email"]),
    status=st.sampled_from(HEADINGS["status"]),
    delimiter=st.sampled_from(";,\t"),
)
def test_an_import_brings_nobody_back_whatever_the_file_says_and_how(
    rows: list[tuple[str, str, bool]], order: list[str], email: str, status: str, delimiter: str
) -> None:
    try:
        with transaction.atomic():
            gone_people()
            nobody_came_back(rows, order, email, status, delimiter)
            raise _Undo
    except _Undo:
        pass


@pytest.mark.control
def test_without_the_strictest_line_the_first_one_would_add_who_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "STRICTNESS", [Standing.UNSUBSCRIBED, *[each for each in Standing if each != Standing.UNSUBSCRIBED]])
    with pytest.raises(AssertionError):
        nobody_came_back([("anna", "subscribed", False), ("anna", "unsubscribed", False)], ["email", "status"], "EMAIL", "Status", ";")
