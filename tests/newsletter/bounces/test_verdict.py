"""The verdict over what mail servers really write: never against a reader unless her own mailbox does not exist or is closed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.bounces import phrases
from newsletter.bounces.status_codes import codes_in, meaning_of
from newsletter.bounces.verdict import judge
from newsletter.bounces.verp import encode_verp
from newsletter.enums.bounces import ABOUT_THE_MAILBOX, ABOUT_US, BounceKind, BounceReason, kind_of

R = BounceReason

GONE = (
    ("5.1.1", "smtp; 550 5.1.1 <nora@example.org>: Recipient address rejected: User unknown in local recipient table"),
    (
        "5.1.1",
        "smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the recipient's",
    ),
    ("5.1.10", "smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"),
    ("5.1.1", "smtp; 550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found"),
    ("5.0.0", "smtp; 554 delivery error: dd This user doesn't have a yahoo.com account (nora@yahoo.com) [0] - mta1203.mail.ne1.yahoo.com"),
    ("5.0.0", "smtp; 550 No such user here"),
    ("", "550 5.1.1 unknown or illegal alias: nora@skynet.be"),
    ("5.5.0", "smtp; 550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416 [416]"),
    ("5.1.1", "smtp; 550 5.1.1 <nora@ovh.example>... User unknown"),
    ("5.3.0", "smtp; 553 5.3.0 <nora@example.org>... Addressee unknown, relay=[192.0.2.7]"),
    ("5.0.0", "smtp; 550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550"),
    ("5.1.1", "smtp; 550 5.1.1: Recipient address rejected: nora@protonmail.example address does not exist"),
    ("5.1.1", "smtp; 550 permanent failure for one or more recipients (nora@example.org:550 5.1.1 User unknown)"),
    ("", "Sorry, no mailbox here by that name. (#5.1.1)"),
    ("5.1.1", ""),
    ("5.1.6", "smtp; 551 5.1.6 moved"),
    ("5.0.0", "host spamfilter.example.be[192.0.2.1] said: 550 User unknown (in reply to RCPT TO command)"),
    ("", "L'adresse de messagerie n’existe pas."),
    ("", "550 Destinataire inconnu"),
    ("", "Votre message n'a pas pu être remis : utilisateur inconnu à cette adresse"),
    ("", "Het e-mailadres bestaat niet."),
    ("5.0.0", "550 Onbekende gebruiker"),
    ("", "550 Benutzer unbekannt"),
    ("", "Die E-Mail-Adresse existiert nicht."),
    ("", "nora wurde unter example.org nicht gefunden."),
    ("5.1.1", "smtp; 550 5.1.1 <nora@telenet.be>... Address unknown"),
    ("5.1.1", "smtp; 550 5.1.1 <nora@telenet.be> recipient rejected. LAURIER"),
    ("5.5.0", "smtp; 550 5.5.0 Boite du destinataire inconnue. LPN007_401"),
    ("5.1.1", "smtp; 550 5.1.1 Ce compte n'existe pas / This account does not exist"),
)
CLOSED = (
    ("5.2.1", "smtp; 550-5.2.1 The email account that you tried to reach is disabled. Learn more at 550 5.2.1 https://support.google.com"),
    ("5.0.0", "smtp; 554 30 Sorry, your message to nora@yahoo.com cannot be delivered. This mailbox is disabled (554.30). - mta4"),
    ("5.2.1", "smtp; 550 5.2.1 This mailbox has been blocked due to inactivity (UserSearch)"),
    ("", "Ce compte a été désactivé."),
    ("", "Deze mailbox is afgesloten."),
    ("", "Das Postfach wurde stillgelegt."),
)
ABOUT = {
    R.SENDER: (
        ("5.1.8", "smtp; 501 5.1.8 Sender address rejected"),
        ("5.1.8", "smtp; 553 5.1.8 <news@smes.example.org>... Domain of sender address news@smes.example.org does not exist"),
        ("5.1.7", "smtp; 550 5.1.7 No such domain smes.example.org"),
        ("5.1.0", "smtp; 550 5.1.0 <news@smes.example.org> sender rejected"),
        ("5.1.1", "smtp; 550 5.1.1 Sender address rejected: User unknown in relay table"),
        ("5.0.0", "smtp; 550-Verification failed for <news@smes.example.org> 550-No such user here 550 Sender verify failed"),
        ("5.1.1", "smtp; 550 5.1.1 No such domain: news.smes.example.org"),
        ("5.0.0", "host mx.example.org said: 550 rejected (in reply to MAIL FROM command)"),
        ("", "550 Adresse de l’expéditeur refusée : domaine inconnu"),
        ("", "550 Het adres van de afzender bestaat niet"),
        ("", "550 Absender unbekannt"),
        ("5.0.0", "smtp; 571 sorry, sender has invalid DNS MX record (#5.7.1 - chkuser)"),
        ("5.1.1", "smtp; 550 5.1.1 Unresolvable return path domain"),
        ("5.1.1", "smtp; 550 5.1.1 Could not complete sender verify callout"),
        ("5.1.1", "smtp; 550 5.1.1 Adresse IP inconnue, votre serveur n'est pas autorisé"),
        ("5.1.1", "smtp; 550 5.1.1 Uw server is niet bekend"),
        ("5.1.1", "smtp; 550 5.1.1 Votre adresse est inconnue"),
        ("5.1.1", "smtp; 550 5.1.1 Uw adres is onbekend"),
        ("5.1.1", "smtp; 550 5.1.1 Ihre Adresse ist unbekannt"),
        ("5.1.1", "smtp; 550 5.1.1 Your address is unknown to us"),
        ("5.1.1", "smtp; 550 5.1.1 From: address unknown"),
        ("5.1.1", "smtp; 550 5.1.1 Invalid return address"),
        ("5.1.1", "smtp; 550 5.1.1 This is not a valid BATV address"),
        ("5.1.1", "smtp; 550 5.1.1 account disabled for outgoing mail, contact your provider"),
        ("5.1.1", "smtp; 550 5.1.1 L'adresse de messagerie de l'émetteur n'existe pas"),
    ),
    R.AUTHENTICATION: (
        ("5.0.0", "smtp; 550 DMARC check failed"),
        ("5.7.1", "smtp; 550 5.7.1 Unauthenticated email from smes.example.org is not accepted due to domain's DMARC policy."),
        ("5.7.26", "smtp; 550-5.7.26 This mail has been blocked because the sender is unauthenticated."),
        ("5.1.1", "smtp; 550 5.1.1 SPF fail - not authorized"),
        ("5.7.23", ""),
        ("5.7.509", "smtp; 550 5.7.509 Access denied, sending domain [SMES.EXAMPLE.ORG] does not pass DMARC verification"),
        ("5.7.25", "smtp; 550 5.7.25 The IP address sending this message does not have a PTR record setup"),
        ("5.7.1", "smtp; 450 4.7.1 Client host rejected: cannot find your hostname, [192.0.2.1]"),
        ("5.0.0", "smtp; 550 DKIM signature did not verify"),
    ),
    R.BLOCKED: (
        ("5.7.1", "smtp; 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; https://www.spamhaus.org/"),
        ("5.1.1", "smtp; 550 5.1.1 Mail from 192.0.2.1 refused, listed in b.barracudacentral.org"),
        ("5.7.606", "smtp; 550 5.7.606 Access denied, banned sending IP [192.0.2.1]"),
        ("5.0.0", "smtp; 550 SC-001 (BAY004) Messages from 192.0.2.1 were not sent. Their network is on our block list"),
        ("5.0.0", "smtp; 554 Your access to this mail system has been rejected due to the sending MTA's poor reputation."),
    ),
    R.CONTENT: (
        ("5.7.1", "smtp; 550 5.7.1 Message rejected as spam by content filtering"),
        ("5.7.0", "smtp; 552 5.7.0 This message was blocked because its content presents a potential security issue."),
        ("5.3.4", "smtp; 552 5.3.4 Message size exceeds fixed limit"),
        ("5.2.3", "smtp; 552 5.2.3 Message too large"),
        ("5.1.1", "smtp; 550 5.1.1 Virus found in message"),
        ("5.6.0", ""),
        ("", "550 Courrier indésirable détecté"),
    ),
    R.POLICY: (
        ("5.0.0", "smtp; 550 Denied by policy"),
        ("5.7.1", ""),
        ("5.1.1", "smtp; 550 5.1.1 Access denied"),
        ("5.0.0", "smtp; 550 Administrative prohibition"),
        ("5.7.133", ""),
        ("", "550 Geweigerd door ons beleid"),
        ("", "Votre message à nora@gmail.com a été bloqué."),
    ),
    R.HOST: (
        ("5.3.2", "smtp; 521 5.3.2 Service unavailable"),
        ("5.0.0", "smtp; 554 Service unavailable"),
        ("5.7.1", "smtp; 554 5.7.1 <nora@example.org>: Relay access denied"),
        ("5.4.6", "smtp; 554 5.4.6 Too many hops"),
        ("5.4.1", ""),
        ("5.4.4", ""),
        ("5.1.1", "smtp; 550 5.1.1 mail loop detected"),
        ("5.1.1", "smtp; 550 5.1.1 LDAP lookup failure"),
        ("5.1.1", "smtp; 530 5.1.1 Must issue a STARTTLS command first"),
    ),
}  # fmt: skip
MILD = {
    R.MAILBOX_FULL: (
        ("5.1.1", "smtp; 552 5.2.2 Over quota"),
        ("5.2.2", "smtp; 552 5.2.2 The email account that you tried to reach is over quota"),
        ("5.2.1", "smtp; 552 Mailbox full"),
        ("5.0.0", "smtp; 552 Requested mail action aborted: exceeded storage allocation"),
        ("", "La boîte aux lettres du destinataire est pleine."),
        ("", "De mailbox van de ontvanger is vol."),
        ("", "Das Postfach ist voll."),
    ),
    R.RATE: (
        ("5.2.1", "smtp; 550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages"),
        ("5.1.1", "smtp; 550 5.1.1 Too many messages"),
        ("5.4.5", "smtp; 550 5.4.5 Daily sending quota exceeded"),
        ("5.2.121", ""),
    ),
    R.TEMPORARY: (
        ("4.7.1", "smtp; 451 Greylisted, please try again later"),
        ("4.4.7", "smtp; 421"),
        ("5.1.1", "smtp; 451 4.3.0 problem"),
        ("", "450 come back"),
        ("5.1.1", "smtp; 550 5.1.1 mailbox under maintenance"),
        ("5.1.1", "smtp; 550 5.1.1 boîte en cours de migration"),
    ),
    R.NO_DOMAIN: (
        ("5.1.2", "smtp; 550 5.1.2 Host unknown (Name server: host not found)"),
        ("5.4.4", "X-Postfix; Host or domain name not found. Name service error for name=example.org type=AAAA: Host not found"),
        ("5.4.310", ""),
        ("", "Le domaine n'existe pas"),
    ),
    R.DOUBTFUL: (
        ("5.7.1", "smtp; 550 5.7.1 User unknown"),
        ("5.4.1", "smtp; 550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [DB5EUR01FT003.eop-EUR01]"),
        ("5.5.0", "smtp; 550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)"),
        ("5.1.0", "smtp; 550 #5.1.0 Address rejected."),
        ("5.0.0", "smtp; 550 Unrouteable address"),
        ("", "550 Compte temporairement désactivé"),
        ("5.2.1", "smtp; 550 5.2.1 Mailbox temporarily disabled"),
        ("5.5.1", "smtp; 554 5.5.1 Error: no valid recipients"),
        ("", "Het e-mailadres kan niet worden gevonden. Controleer het adres en probeer het bericht opnieuw te verzenden."),
    ),
    R.UNCLEAR: (
        ("5.0.0", "smtp; 550"),
        ("5.1.0", ""),
        ("", "Une erreur est survenue."),
        ("", "550 Nie mozna dostarczyc"),
        ("5.5.0", "smtp; 550 OU-002"),
        ("", ""),
    ),
}


def rows(*tables: dict[R, tuple[tuple[str, str], ...]]) -> list[tuple[R, str, str]]:
    return [(reason, status, words) for table in tables for reason, cases in table.items() for status, words in cases]


@pytest.mark.parametrize(("reason", "status", "words"), rows({R.NO_MAILBOX: GONE, R.MAILBOX_CLOSED: CLOSED}, ABOUT, MILD))
def test_what_servers_write_is_understood(reason: R, status: str, words: str) -> None:
    assert judge(status=status, words=words) == reason


@pytest.mark.parametrize(("reason", "status", "words"), rows({R.NO_MAILBOX: GONE, R.MAILBOX_CLOSED: CLOSED}, ABOUT, MILD))
def test_a_report_that_a_mail_is_late_never_counts(reason: R, status: str, words: str) -> None:
    assert judge(status=status, words=words, action="delayed") == R.DELAYED


def test_what_does_not_exist_is_our_own_sender() -> None:
    """A server that calls back to check the sender says of us what others say of the reader."""
    ours = encode_verp(7)
    assert judge(words=f"550 5.1.1 <{ours}>: user unknown") == R.SENDER
    assert judge(words=f"550 5.1.1 <{ours.upper()}>: user unknown") == R.SENDER
    assert judge(words=f"550 5.1.1 <nora@example.org>: user unknown; from=<{ours}>") == R.NO_MAILBOX


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("550 5.1.1 User unknown", ["5.1.1"]),
        ("host mx[5.196.12.4] refused", []),
        ("from 5.1.1.4: 550 5.7.1 no", ["5.7.1"]),
        ("Microsoft SMTPSVC 5.5.2653.13", []),
        ("(#5.1.1)", ["5.1.1"]),
        ("250 2.1.5 ok", []),
        ("550-5.1.1 said.", ["5.1.1"]),
    ],
)
def test_codes_are_not_pieces_of_ip_addresses_or_versions(text: str, codes: list[str]) -> None:
    assert codes_in(text) == codes


WORDS_ABOUT_US = [words for cases in ABOUT.values() for _status, words in cases if words]
PIECES = st.one_of(
    st.sampled_from([words for _reason, _status, words in rows({R.NO_MAILBOX: GONE}, ABOUT, MILD)]),
    st.from_regex(r"[45][0-9]{2} [45]\.[0-7]\.[0-9]{1,3}", fullmatch=True),
    st.text(max_size=40),
)
CODES = st.one_of(st.just(""), st.from_regex(r"[245]\.[0-7]\.[0-9]{1,3}", fullmatch=True))


@settings(max_examples=400, deadline=None)
@given(pieces=st.lists(PIECES, max_size=4), status=CODES)
def test_never_for_good_without_a_reason_of_the_recipients_own(pieces: list[str], status: str) -> None:
    """A hard verdict rests on a code or a sentence about the recipient's mailbox, and on nothing that speaks against it."""
    words = " ".join(pieces)
    if kind_of(judge(status=status, words=words)) != BounceKind.HARD:
        return
    codes = [*codes_in(status), *codes_in(words)]
    said = phrases.plain(words)
    says_gone = any(code[0] == "5" and meaning_of(code) in ABOUT_THE_MAILBOX for code in codes)
    assert says_gone or any(pattern.search(phrases.without_host_names(said)) for _reason, pattern in phrases.MAILBOX)
    assert not any(meaning_of(code) in ABOUT_US or code[0] == "4" for code in codes) or not says_gone


@settings(max_examples=400, deadline=None)
@given(about_us=st.sampled_from(WORDS_ABOUT_US), more=st.lists(PIECES, max_size=2), status=CODES)
def test_nothing_that_speaks_of_us_is_held_against_a_reader(about_us: str, more: list[str], status: str) -> None:
    if judge(words=about_us) in ABOUT_US - {R.POLICY, R.HOST}:
        assert kind_of(judge(status=status, words=" ".join([about_us, *more]))) != BounceKind.HARD


@settings(max_examples=200, deadline=None)
@given(status=st.from_regex(r"(4\.[0-7]|5\.[34567])\.[0-9]{1,3}", fullmatch=True))
def test_no_code_about_hosts_content_or_rules_is_for_good(status: str) -> None:
    assert kind_of(judge(status=status, words="")) != BounceKind.HARD
