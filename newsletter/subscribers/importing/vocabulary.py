"""The words of other tools in three languages: headings of their exports, what they write of somebody who left. Data only."""

from typing import Final

from core.imports.headings import aliases
from newsletter.enums.subscribers import Standing

HEADINGS: Final = aliases({
    "email": (
        *("e-mail", "mail", "@", "email address", "e-mail address", "emailaddress", "primary email", "email 1", "subscriber"),
        *("adresse e-mail", "adresse mail", "adresse email", "courriel", "adresse courriel", "adresse de courriel", "adresse électronique"),
        *("première adresse électronique", "adresse électronique principale", "adresse de messagerie", "adresse de messagerie 1"),
        *("e-mailadres", "emailadres", "mailadres", "e-mailadres 1", "primair e-mailadres", "primaire e-mail"),
        *("e-mail 1 - value", "e-mail 1 address", "email address 1", "contact email"),
    ),
    "language": (
        *("langue", "taal", "lang", "locale", "langue de contact", "langue préférée", "voorkeurstaal", "preferred language"),
        *("contact language", "mc language", "correspondentietaal", "idioma"),
    ),
    "themes": ("theme", "thema's", "themas", "thema", "thème", "interests", "intérêts", "interesses"),
    "confirmed": (
        *("confirm time", "confirmed at", "confirmed on", "confirmation date"),
        *("date de confirmation", "confirmé le", "bevestigd op", "datum bevestiging"),
    ),
    "agreed": (
        *("optin time", "opt-in time", "optin date", "opt-in date", "opt in at", "consent date", "subscribed at", "subscribed on"),
        *("joined", "subscription date", "signup date", "sign-up date", "subscribe date", "date subscribed"),
        *("date d'inscription", "date inscription", "inscrit le", "date de consentement"),
        *("date du consentement", "date d'abonnement", "date de l'abonnement", "date opt-in"),
        *("inschrijfdatum", "datum inschrijving", "ingeschreven op", "datum toestemming", "toestemmingsdatum", "aanmelddatum"),
    ),
    "ip": (
        *("confirm ip", "confirmed ip", "optin ip", "opt-in ip", "signup ip", "subscribed ip"),
        *("ip", "ip address", "adresse ip", "ip-adres"),
    ),
})  # fmt: skip
# Kept beside the consent, in these words.
PROOFS: Final = ("agreed", "confirmed", "ip")

# Words that say where somebody stands with a list. What is not here is asked.
STATUS_WORDS: Final = {word: standing for standing, words in {
    Standing.SUBSCRIBED: (
        *("subscribed", "subscriber", "active", "actif", "actief", "abonne", "abonnee", "inscrit", "inscrite", "ingeschreven"),
        *("geabonneerd", "aangemeld", "confirmed", "confirme", "confirmee", "bevestigd", "opt in", "optin", "opted in"),
        *("accorde", "gegeven", "soft bounced", "soft bounce"),
    ),
    Standing.UNCONFIRMED: (
        *("unconfirmed", "not confirmed", "non confirme", "non confirmee", "niet bevestigd", "onbevestigd", "pending", "en attente"),
        *("in afwachting", "nonsubscribed", "non subscribed", "not subscribed", "non abonne", "non abonnee", "non inscrit", "non inscrite"),
        *("niet geabonneerd", "niet ingeschreven", "transactional", "a confirmer", "te bevestigen"),
        *("archived", "archive", "archivee", "gearchiveerd"),
    ),
    Standing.BOUNCED: (
        *("bounced", "bounce", "hard bounced", "hard bounce", "hardbounce", "hardbounced", "cleaned", "nettoye", "nettoyee", "opgeschoond"),
        *("invalid", "invalide", "ongeldig", "undeliverable", "non distribuable", "onbestelbaar", "rebond", "adresse invalide"),
        *("rebondi", "npai"),
    ),
    Standing.UNSUBSCRIBED: (
        *("unsubscribed", "unsubscribe", "unsub", "desabonne", "desabonnee", "desinscrit", "desinscrite", "uitgeschreven", "afgemeld"),
        *("opt out", "optout", "opted out", "blocked", "bloque", "bloquee", "geblokkeerd", "blacklisted", "blocklisted", "blackliste"),
        *("blacklistee", "blacklist", "blocklist", "liste noire", "zwarte lijst", "excluded", "exclu", "exclue", "uitgesloten", "removed"),
        *("supprime", "supprimee", "verwijderd", "deleted", "suppressed", "resilie", "opgezegd", "left", "parti", "partie", "vertrokken"),
        *("refuse", "refusee", "refused", "geweigerd", "stop", "do not contact", "ne pas contacter", "ne plus contacter"),
        *("niet contacteren", "niet meer contacteren", "a quitte", "ingetrokken", "withdrawn", "revoked"),
        *("deceased", "decede", "decedee", "overleden"),
    ),
    Standing.COMPLAINED: (
        *("complained", "complaint", "spam", "marked as spam", "spam complaint", "reported as spam", "abuse", "plainte", "klacht"),
        *("signale comme spam", "marque comme spam", "als spam gemeld", "spamklacht", "junk"),
    ),
}.items() for word in words}  # fmt: skip

YES: Final = frozenset(("1", "yes", "y", "oui", "o", "ja", "j", "true", "vrai", "waar", "x", "on"))
NO: Final = frozenset(("0", "no", "n", "non", "nee", "neen", "false", "faux", "onwaar", "off"))

# Columns of status words.
STATUS_COLUMNS: Final = frozenset((
    *("status", "statut", "etat", "member status", "subscription status", "subscriber status", "email status", "contact status"),
    *("global status", "list status", "marketing status", "email marketing status", "statut abonnement", "statut d abonnement"),
    *("etat de l abonnement", "statut de l abonnement", "abonnementsstatus", "inschrijvingsstatus", "subscription"),
    *("statut global", "globale status", "statut de l email", "statut e mail", "statut du contact", "contactstatus", "abonneestatus"),
    *("statut de la liste", "lijststatus", "abonneerstatus", "e mailstatus"),
))  # fmt: skip
# A yes means: agreed. An empty cell beside others that say yes means: has not.
AGREED_COLUMNS: Final = frozenset((
    *("opt in", "optin", "opted in", "email opt in", "newsletter opt in", "subscribed", "is subscribed", "abonne", "abonnee", "inscrit"),
    *("ingeschreven", "geabonneerd", "newsletter", "nieuwsbrief", "consent", "consentement", "toestemming", "akkoord", "accord"),
    *("gdpr", "rgpd", "avg", "gdpr consent", "email marketing consent", "accepts marketing"),
))  # fmt: skip
# A yes means: confirmed. Empty says nothing; Brevo writes 2 for a no.
CONFIRMED_COLUMNS: Final = frozenset(("double opt in", "double optin", "doi", "confirmed", "confirme", "bevestigd"))
# A yes, or a date, means this.
GONE_COLUMNS: Final = {heading: standing for standing, headings in {
    Standing.UNSUBSCRIBED: (
        *("unsubscribed", "is unsubscribed", "unsub", "unsub time", "unsubscribe time", "unsubscribed at", "unsubscribed on"),
        *("unsubscribe date", "unsubscription date", "date unsubscribed", "opt out", "optout", "opted out", "optout time", "optout date"),
        *("opt out date", "blacklisted", "blocklisted", "email blacklisted", "email blocklisted", "blackliste", "blacklisted at"),
        *("blocklisted at", "blacklist date", "blacklisted date", "is excluded from campaigns", "isexcludedfromcampaigns", "excluded"),
        *("do not email", "do not contact", "ne pas contacter", "blocked", "bloque", "geblokkeerd", "desabonne", "desinscrit"),
        *("date de desinscription", "date desinscription", "date de desabonnement", "desinscrit le", "desabonne le", "uitgeschreven"),
        *("afgemeld", "uitgeschreven op", "uitschrijfdatum", "datum uitschrijving", "afgemeld op", "date de depart", "left at", "left on"),
        *("ne pas envoyer d email", "ne pas envoyer d e mail", "no bulk emails user opt out", "unsubscribed from all email", "exclu"),
        *("unsubscribed date", "desabonnement", "desinscription", "uitschrijving", "blacklist", "blocklist", "stop", "liste noire"),
        *("date de blocage", "date d opposition", "opposition", "deceased", "decede", "overleden"),
    ),
    Standing.BOUNCED: (
        *("bounced", "bounce", "hard bounced", "hard bounce", "hardbounced", "cleaned", "clean time", "cleaned at", "bounce date"),
        *("bounced at", "bounced on", "date de rebond", "bouncedatum", "npai", "on hold"),
    ),
    Standing.UNCONFIRMED: ("archived", "archive", "gearchiveerd"),
    Standing.COMPLAINED: (*("spam", "complained", "complaint", "complaint time", "complained at", "plainte", "klacht", "marked as spam"),),
}.items() for heading in headings}  # fmt: skip
# They look like a status, and say nothing of the consent to our mails.
HARMLESS_COLUMNS: Final = frozenset((
    *("unsub campaign title", "unsub campaign id", "unsub reason", "unsub reason other", "clean campaign title", "clean campaign id"),
    *("unsubscribe reason", "sms blacklisted", "sms blocklisted", "whatsapp blocklisted", "sms opt in"),
    *("unsubscribe link", "unsubscribe url", "lien de desinscription", "lien de desabonnement", "uitschrijflink"),
))  # fmt: skip
# An unknown heading with one of these words is asked.
STATUS_LIKE: Final = frozenset((
    *("status", "statut", "subscribed", "unsubscribed", "subscription", "unsubscription", "unsubscribe", "unsub", "abonne", "abonnement"),
    *("abonnee", "desabonne", "desabonnement", "desinscrit", "desinscription", "inscrit", "inscription", "inschrijving", "ingeschreven"),
    *("uitgeschreven", "uitschrijving", "afgemeld", "optin", "optout", "opt", "bounce", "bounced", "bounces", "blacklist", "blacklisted"),
    *("blocklist", "blocklisted", "blocked", "bloque", "spam", "consent", "consentement", "toestemming", "newsletter", "nieuwsbrief"),
    *("mailing", "actif", "active", "actief", "complaint", "plainte", "klacht", "rgpd", "gdpr", "avg", "excluded", "exclu"),
    *("stop", "npai", "hold", "archived", "archive", "gearchiveerd", "opposition", "contacter", "contacteren", "envoyer"),
))  # fmt: skip

# What the name of a file says of everybody in it. The first that matches counts: `unsubscribed` holds `subscribed`.
FILE_NAMES: Final = (
    (Standing.UNCONFIRMED, r"archived|archive(?=s?_(contacts|members))|gearchiveerd|niet_(geabonneerd|ingeschreven)"),
    (Standing.UNCONFIRMED, r"non_?subscribed|non_?abonn|non_?inscrit|unconfirmed|niet_?bevestigd|non_?confirm"),
    (Standing.COMPLAINED, r"complain|complaint|plainte|klacht|(?<![a-z])spam(?![a-z])"),
    (Standing.BOUNCED, r"cleaned|bounce|rebond|npai|invalid|ongeldig"),
    (
        Standing.UNSUBSCRIBED,
        r"unsub|desabonn|desinscri|uitgeschreven|uitschrijving|afgemeld|opt_?out|black_?list|block_?list|blocked|bloque|geblokkeerd|"
        r"suppression|supprime|verwijderd|deleted|liste_(rouge|noire)|zwarte_lijst|opposition",
    ),
)
# In a note about somebody, such words ask for a person.
NOTES_OF_WHO_LEFT: Final = (
    r"(pas|plus)_(de_|d_|recevoir|envoyer|contacter|m_|nous_)|(geen|niet_meer)_(\w+_)?(mail|e_mail|nieuwsbrie|contact|stur)|no_more|do_not"
)

LANGUAGES: Final = {
    "fr": ("fr", "fra", "fre", "francais", "francaise", "french", "frans", "francophone", "franstalig", "f"),
    "nl": ("nl", "nld", "dut", "neerlandais", "neerlandaise", "nederlands", "dutch", "flemish", "flamand", "vlaams", "neerlandophone",
           "nederlandstalig", "n"),
    "en": ("en", "eng", "anglais", "english", "engels", "anglophone", "engelstalig", "e"),
}  # fmt: skip
