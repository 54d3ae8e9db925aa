"""Who wrote a mail without a report that machines read: a server, a program that answers by itself, or a person?"""

from pathlib import Path

import pytest

from newsletter.bounces.verp import encode_verp
from newsletter.models import Delivery, Reply, Suppression
from tests.newsletter.bounces.mails import crlf, delivered, letter, report
from tests.newsletter.bounces.test_inputs import receive
from tests.newsletter.factories import SubscriberFactory

pytestmark = pytest.mark.django_db

NORA = "Nora <nora@example.org>"
EXCHANGE = "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@cpas.example>"


@pytest.fixture
def delivery() -> Delivery:
    return delivered(SubscriberFactory(email="nora@example.org"))


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Delivery problem with the parcel I ordered", "Hi, my account was disabled by mistake; user unknown, says the page."),
        ("Bezorging van het pakket", "Beste, mijn account is gesloten en het adres bestaat niet volgens de bode."),
        ("vraag", "Het bericht dat ik verstuurde kon niet worden verzonden, mijn adres is ongeldig zegt het."),
        ("Échec de mon inscription", "Le site dit : utilisateur inconnu. Que faire ?"),
    ],
)
def test_a_person_who_writes_of_accounts_and_parcels_is_no_server(tmp_path: Path, delivery: Delivery, subject: str, words: str) -> None:
    assert receive(tmp_path, letter(encode_verp(delivery.pk), words, sender=NORA, subject=subject)) == {"reply": 1}
    assert Reply.objects.get().text == words
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("more", ["Return-Path: <>", "X-Mailer: none"], ids=["null return path", "a code"])
def test_a_server_that_signs_with_a_persons_address_is_one(tmp_path: Path, delivery: Delivery, more: str) -> None:
    words = "Your message could not be delivered to nora@example.org: 550 User unknown"
    assert receive(tmp_path, letter(encode_verp(delivery.pk), words, sender=NORA, subject="Failure", more=more)) == {"hard": 1}


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Onbestelbaar: Smes", "nora is niet gevonden bij example.org."),
        ("Non remis : Smes", "nora introuvable à l'adresse example.org. Adresse À: inconnue"),
        ("Unzustellbar: Smes", "nora wurde unter example.org nicht gefunden."),
    ],
)
def test_exchange_is_known_by_its_name(tmp_path: Path, delivery: Delivery, subject: str, words: str) -> None:
    assert receive(tmp_path, letter(encode_verp(delivery.pk), words, sender=EXCHANGE, subject=subject)) == {"hard": 1}


@pytest.mark.parametrize("subject", ["Absent du bureau", "Lu : Smes 94", "Niet gelezen: Smes 94", "Gelezen: Smes 94"])
def test_a_holiday_note_or_receipt_of_a_postmaster_stops_nobody(tmp_path: Path, delivery: Delivery, subject: str) -> None:
    mail = letter(encode_verp(delivery.pk), "Ce compte est fermé.", sender="Jean <postmaster@asbl.example>", subject=subject)
    assert receive(tmp_path, mail) == {"automatic answer": 1}


@pytest.mark.parametrize(
    "words",
    [
        "STOP",
        "Gelieve mijn adres te schrappen uit uw bestand.",
        "Wil je mij van de mailinglijst halen?",
        "Stop met mailen",
        "Merci d'arrêter de m'envoyer vos courriels.",
        "Merci de ne plus m’écrire",
        "Pourriez-vous m'ôter de votre liste de diffusion ?",
        "Prière de me rayer de votre liste.",
        "Veuillez me supprimer de la liste",
        "Please delete me from your mailing list",
        "Bitte nehmen Sie mich aus dem Verteiler",
    ],
)
def test_asking_to_leave_in_other_words(tmp_path: Path, delivery: Delivery, words: str) -> None:
    receive(tmp_path, letter(encode_verp(delivery.pk), words, sender=NORA, subject="Re: Smes"))
    assert Reply.objects.get().asks_to_leave


@pytest.mark.parametrize("words", ["Ik krijg de link niet open, kunt u hem nog eens sturen?", "Je ne trouve plus le lien.", "Non-stop !"])
def test_other_wishes_are_not_taken_for_it(tmp_path: Path, delivery: Delivery, words: str) -> None:
    receive(tmp_path, letter(encode_verp(delivery.pk), words, sender=NORA, subject="Re: Smes"))
    assert not Reply.objects.get().asks_to_leave


@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_accents_as_bytes_in_a_report_are_read(tmp_path: Path, delivery: Delivery, charset: str) -> None:
    """Unread, only the code would count, and it says that the recipient does not exist."""
    words = "smtp; 550 5.1.1 L'adresse de messagerie de l'émetteur n'existe pas"
    mail = report(encode_verp(delivery.pk), words=words).decode().encode(charset)
    assert receive(tmp_path, mail) == {"trouble": 1}


@pytest.mark.parametrize("told", ["De mailbox van de ontvanger zit vol.", "The SPF record of your domain is wrong."])
def test_a_code_that_the_words_of_its_report_speak_against_is_doubtful(tmp_path: Path, delivery: Delivery, told: str) -> None:
    mail = report(encode_verp(delivery.pk)).replace(b"Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n", b"")
    assert receive(tmp_path, mail.replace(b"Your mail could not be delivered to nora@example.org.", crlf(told))) == {"soft": 1}
    assert not Suppression.objects.exists()
