"""Exports of more tools, in the words of their French and Dutch users: who left is read or asked, never passed over in silence."""

import pytest

from newsletter.subscribers.importing.reading import read_file
from newsletter.subscribers.importing.standing import standing_of_file

ADDRESSES = ("a@example.org", "b@example.org", "c@example.org", "d@example.org")
# The heading beside `email`, its cells from the first line on, and what each says.
READ = {
    "MailPoet in French": ("Statut global", {"Désabonné": "unsubscribed", "Abonné": "subscribed", "Non confirmé": "unconfirmed"}),
    "MailPoet, a list": ("list_status", {"unsubscribed": "unsubscribed", "subscribed": "subscribed"}),
    "Brevo in French": ("Statut de l'email", {"Bloqué": "unsubscribed", "Abonné": "subscribed"}),
    "Brevo in Dutch": ("Abonneestatus", {"Afgemeld": "unsubscribed", "Actief": "subscribed", "Geblokkeerd": "unsubscribed"}),
    "Mailchimp in Dutch": ("Status", {"Opgeschoond": "bounced", "Niet-geabonneerd": "unconfirmed", "Gearchiveerd": "unconfirmed"}),
    "Mailchimp in French": ("Statut", {"Nettoyé": "bounced", "Désabonné(e)": "unsubscribed", "Archivé": "unconfirmed"}),
    "Mailjet in French": ("Exclu", {"oui": "unsubscribed", "non": "subscribed"}),
    "Mailjet in English": ("Unsubscribed date", {"2024-01-01": "unsubscribed", "": "subscribed"}),
    "MailerLite": ("Status", {"junk": "complained", "bounced": "bounced", "active": "subscribed"}),
    "Sendy": ("Status", {"Soft bounced": "subscribed", "Bounced": "bounced"}),
    "Sarbacane": ("NPAI", {"oui": "bounced", "non": "subscribed"}),
    "Flexmail in Dutch": ("Blacklist", {"ja": "unsubscribed", "": "subscribed"}),
    "HubSpot": ("Unsubscribed from all email", {"Yes": "unsubscribed", "No": "subscribed"}),
    "CiviCRM": ("No Bulk Emails (User Opt Out)", {"Yes": "unsubscribed", "": "subscribed"}),
    "a spreadsheet in French": ("STOP", {"x": "unsubscribed", "": "subscribed"}),
    "a spreadsheet in Dutch": ("Toestemming", {"ingetrokken": "unsubscribed", "gegeven": "subscribed"}),
}
ASKED = {
    "a cross and a tick": ("Statut", ["❌", "✅"]),
    "a note in French": ("Remarque", ["désinscrit le 3/2/2024 par téléphone", ""]),
    "a note in Dutch": ("Opmerking", ["wil geen mails meer", ""]),
    "a reason": ("Reason", ["Unsubscribed via email", ""]),
    "why a mailbox is on hold": ("On Hold", ["On Hold Bounce", ""]),
    "a number": ("status", ["0", "1"]),
    "a word nobody knows": ("Statut global", ["Inactif", "Abonné"]),
}


def file_of(heading: str, cells: list[str]) -> bytes:
    lines = [f"{address};{cell}" for address, cell in zip(ADDRESSES, cells, strict=False)]
    return "\n".join([f"email;{heading}", *lines]).encode()


@pytest.mark.parametrize("tool", READ)
def test_what_a_tool_says_of_each_is_read(tool: str) -> None:
    heading, said = READ[tool]
    found = read_file(file_of(heading, list(said)))
    assert [line["standing"] for line in found.lines] == list(said.values())
    assert found.questions == []


@pytest.mark.parametrize("what", ASKED)
def test_what_may_say_that_somebody_left_is_asked(what: str) -> None:
    heading, cells = ASKED[what]
    found = read_file(file_of(heading, cells))
    assert [question["column"] for question in found.questions] == [heading]
    assert found.unused_columns == []


@pytest.mark.parametrize(
    ("heading", "cells"),
    [("Ville", ["Mons", "Bloemendaal"]), ("Unsubscribe link", ["https://x.example/unsubscribe"]), ("Note", ["amie"])],
)
def test_other_columns_are_not(heading: str, cells: list[str]) -> None:
    found = read_file(file_of(heading, cells))
    assert found.questions == []
    assert found.unused_columns == [heading]


@pytest.mark.parametrize(
    ("filename", "says"),
    [
        ("contacts_supprimés.csv", "unsubscribed"),
        ("liste_rouge.csv", "unsubscribed"),
        ("suppression_list.csv", "unsubscribed"),
        ("Verwijderde contacten.xlsx", "unsubscribed"),
        ("Brevo - contacts bloqués.csv", "unsubscribed"),
        ("NPAI.csv", "bounced"),
        ("Niet geabonneerd.csv", "unconfirmed"),
        ("archived_members.csv", "unconfirmed"),
        ("archives de la newsletter.csv", None),
        ("abonnés actifs.csv", None),
    ],
)
def test_names_of_files(filename: str, says: str | None) -> None:
    assert standing_of_file(filename) == says
