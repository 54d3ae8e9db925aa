"""Sentences of mail servers in English, French, Dutch and German, where a code leaves the reason open or contradicts them.

Matched against text in lower case, without accents, on one line (`plain`). They are kept short on purpose: an unknown sentence is
UNCLEAR, which harms nobody. No library does this: docs/decisions/0023.
"""

import re
import unicodedata

from newsletter.enums.bounces import BounceReason

# Of these a server speaks in its own name too (`spam.example.net said: user unknown`).
HOST_NAME = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b|\bhttps?:\S+")


def plain(text: str) -> str:
    """Lower case, no accents, plain apostrophes, one line."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ß", "ss").lower())
    return " ".join("".join(each for each in decomposed if not unicodedata.combining(each)).split())


def without_host_names(said: str) -> str:
    return HOST_NAME.sub(" ", said)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


BLOCK_LISTS = _any(
    r"spamhaus|spamcop|sorbs|barracudacentral|uceprotect|abuseat|invaluement|cloudmark|proofpoint\.com|senderscore|dnsbl|\br?bl\b",
    r"(block|black|deny)[ -]?list|liste (noire|de blocage)|zwarte lijst|blokkeerlijst|schwarze liste|sperrliste|reputation|reputatie",
    r"\b(ip|host|server|network|client|messages? from|mail from)\b[^;]{0,60}\b(blocked|banned|block list|listed|blacklisted)\b",
)

# What is said plainly. The first that is found wins over every code: 5.1.1 stands above sentences about the sender, too.
PLAIN: tuple[tuple[BounceReason, re.Pattern[str]], ...] = (
    (
        BounceReason.AUTHENTICATION,
        _any(
            r"\b(dmarc|spf|dkim|fcrdns|rdns|domainkeys)\b|sender policy framework|authenticat|reverse (dns|lookup|hostname)|\bptr\b",
            r"\bhelo\b|\behlo\b|(find|resolve|verify) your (host|domain|reverse)|your (host ?name|dns|ip)\b|"
            r"niet geauthenticeerd|authentifi",
        ),
    ),
    (
        BounceReason.SENDER,
        _any(
            r"sender('s)? ?(address |domain |e-?mail |id |verify |verification |is |was |has been |host )*"
            r"(rejected|refused|denied|blocked|invalid|unknown|not|fail|does|doesn't|unverif|banned|error|must|could)",
            r"(invalid|unknown|bad|forged|spoofed|unauthori[sz]ed|unacceptable|verify|verifying|reject\w*) (the |envelope |"
            r"your )?(sender|return.?path|mail from)",
            r"domain of sender|sender verif|call(back|out) verif|verification failed for|return.?path|(envelope|header|reply).?from|"
            r"\bmail from:?|from address",
            r"(expediteur|emetteur|afzender|absender)s?[^.;]{0,40}(refus|rejet|inconnu|invalid|bloqu|geweigerd|onbekend|"
            r"ongeldig|geblokkeerd|"
            r"abgelehnt|unbekannt|ungultig|gesperrt|n'existe|bestaat niet|existiert nicht|non autoris|niet toegestaan|nicht erlaubt)",
            r"(adresse|domaine|adres|domein|domain) (de l'|d'|du |van de |des )?(expediteur|emetteur|afzender|absenders?)",
            r"\b(your|votre|uw|jouw|ihre?) (e-?mail ?|mail ?|ip ?)?(address(?! ?book)|adres(se)?\b|account|"
            r"serve[ur]+r?\b|compte\b|konto\b)",
            r"return address|\b(srs|batv)\b|\bfrom:? address|outgoing|sortant|uitgaande|ausgehend",
        ),
    ),
    (
        BounceReason.HOST,
        _any(r"too many hops|hop count|mail loop|loop(ing)? (detected|back)|routing loop|relay(ing)?( access)? (denied|not )|to relay"),
    ),
    (
        BounceReason.RATE,
        _any(
            r"\brate\b|rate.?limit|too (many|much|fast|quick)|throttl|receiving mail too|(sending|hourly|daily|receiving|"
            r"message) (limit|quota)",
            r"limit(e)? (exceeded|reached|depassee)|trop de (messages|mails|connexions)|te veel|zu viele",
        ),
    ),
    (
        BounceReason.MAILBOX_FULL,
        _any(
            r"(mailbox|mail box|mailfolder|account|inbox|user|storage|disk|quota)[^.;]{0,40}\b(full|exceed\w*|over)\b|"
            r"over.?quota|\bquota\b|quotum",
            r"exceed\w* (the |its |his |her |their )*(storage|mailbox|disk|allocat)|(insufficient|out of|not enough|no) (disk |"
            r"storage |system )*(space|storage)",
            r"(boite|bal|messagerie)\b[^.;]{0,40}(plein|satur)|(postvak|mailbox|inbox|postbus|brievenbus)[^.;]{0,30}\bvol\b",
            r"(postfach|mailbox|posteingang)[^.;]{0,30}\bvoll\b|speicherplatz|kontingent",
        ),
    ),
    (
        BounceReason.CONTENT,
        _any(
            r"spam\b|\bspam|\bjunk\b|unsolicited|\buce\b|bulk (e-?)?mail|virus|malware|phish|infected|suspicious|\bcontent\b|"
            r"attachment|\burls?\b",
            r"(message|mail|size)[^.;]{0,30}(too (large|big|long)|exceed)|too (large|big)\b|pourriel|indesirable|contenu\b|piece jointe",
            r"(trop|te|zu) (volumineux|grand|gros|groot|gross)\b|ongewenst|bijlage|inhoud\b|unerwunscht|anhang|inhalt\b",
        ),
    ),
    (
        BounceReason.NO_DOMAIN,
        _any(
            r"\b(host|domain)( name| or domain name)?( was| is)? (not found|unknown|does not exist|doesn't exist)|(no such|"
            r"unknown) (domain|host)",
            r"nxdomain|name (service|server)|\bdns\b|(no|null|any) mx\b|\bmx (record|host)|mail exchanger|unresolvable",
            r"(unable to|can't|cannot|could not|couldn't) (find|resolve|look ?up)[^.;]{0,40}(host|domain|mx)",
            r"(domaine|domein|domane)\b[^.;]{0,30}(n'existe|inconnu|introuvable|bestaat niet|niet gevonden|onbekend|"
            r"existiert nicht|unbekannt)",
        ),
    ),
)

# What may be about us. It yields to a plain word about the mailbox only where a code says the same.
VAGUE: tuple[tuple[BounceReason, re.Pattern[str]], ...] = (
    (BounceReason.SENDER, _any(r"(?<!to )(?<!to the )\bsenders?\b|expediteur|emetteur|afzender|absender")),
    (
        BounceReason.TEMPORARY,
        _any(
            r"gr[ea]y.?list|try again|retry|temporar|deferred|tijdelijk|temporaire|voru?e?bergehend|plus tard|probeer|later\b|"
            r"maintenance|onderhoud|wartung|migrat",
        ),
    ),
    (
        BounceReason.HOST,
        _any(
            r"service[^.;]{0,20} (not available|unavailable)|connection|timed? ?out|network|no route|\bloop|\btls\b|"
            r"certificate|configuration",
            r"(internal|local|server|system|protocol|syntax) error|system not|bad sequence|command (not|reject|unrecogni)|"
            r"\bexpired\b|bare l",
            r"\bldap\b|starttls|lookup (fail|error)|unable to route|service refuse|"
            r"verbinding|connexion|verbindung|dienst[^.;]{0,20}niet beschikbaar",
        ),
    ),
    (
        BounceReason.POLICY,
        _any(
            r"polic(y|ies)|denied|refused|prohibit|forbidden|administrati|restrict|securi|unacceptable|blocked|banned|filter|"
            r"not (authori|allowed|permitted)",
            r"(message|mail|transaction|delivery)( was| has been| is)? (rejected|discarded|not accepted)|reject(ed|s)? (due|by|"
            r"because|for)",
            r"politique|regles|refuse|rejete|interdit|\bbloque|beleid|geweigerd|geblokkeerd|toegang|richtlinie|verweigert|abgelehnt|gesperrt",
        ),
    ),
)

WHO = r"(user|recipient|addressee|mailbox|alias|account|address|e-?mail|local part|person|userid|username|mail drop|contact)"
QUI = r"(adresse|destinataire|utilisateur|boite|compte|usager|abonne)"
WIE = r"(adres|e-?mailadres|gebruiker|ontvanger|geadresseerde|bestemmeling|mailbox|postvak|postbus|account)"
WER = r"(adresse|empfanger|benutzer|nutzer|postfach|konto|mailbox)"

MAILBOX: tuple[tuple[BounceReason, re.Pattern[str]], ...] = (
    (
        BounceReason.NO_MAILBOX,
        _any(
            rf"\b{WHO}s?\b[^.;:]{{0,60}}\b(unknown|not (be )?(found|known|listed|recogni[sz]ed|exist)|(doesn't|does n't|don't|"
            rf"does not|do not|not) exist|"
            r"non-?existent|invalid|isn't valid|is not valid|no longer exist\w*)",
            rf"\b(unknown|no such|invalid|illegal|non-?existent|not a (valid|known)|bad|no valid(?! recipients))( or illegal)? "
            rf"(local |destination |final delivery |smtp |internet )*{WHO}s?\b(?! error)",
            r"no (such )?(user|mailbox|account|person|one)( here)?( known)? (by|with|under|of) (that|this|the) |"
            r"no (such )?(mailbox|user) here",
            r"doesn't have an? .{0,30}account|recipient ?not ?found|recipnotfound|user_?unknown|unknown_?user|no user by|"
            r"(wasn't|was not) found at|pas ete trouvee? dans|is niet gevonden bij|wurde (bei|unter).{0,40}nicht gefunden",
            r"not listed in .{0,30}(directory|domino|address book)|no matches to nameserver query|no account (by|with)|nobody by that name",
            rf"{QUI}s?\b[^.;]{{0,60}}(n'existe|n'existent|inexistant|inconnu|introuvable|invalide|pas valide|non valide|"
            rf"pas (pu etre|ete) trouve|pas connu)",
            rf"(aucune?|pas de|plus de) {QUI}",
            rf"{WIE}\b[^.;]{{0,60}}(bestaat niet|niet bestaa|bestaat niet meer|onbekend|niet (worden )?(gevonden|bekend|geldig)|ongeldig)",
            rf"(onbekende?|ongeldige?|geen( dergelijke?)?|niet-?bestaande?) {WIE}\b",
            rf"{WER}\b[^.;]{{0,60}}(existiert nicht|nicht (existier|gefunden|vorhanden|bekannt|gultig)|unbekannt|ungultig|gibt es nicht)",
            rf"(unbekannte[rs]?|ungultige[rs]?|keine?n?) {WER}",
        ),
    ),
    (
        BounceReason.MAILBOX_CLOSED,
        _any(
            rf"\b{WHO}\b[^.;:]{{0,50}}\b(disabled|closed|inactive|deactivated|deleted|terminated|cancell?ed|discontinued|removed|abandoned|"
            r"no longer (active|available|in use|valid|used|accept\w*))|due to inactivity|inactive (user|mailbox|account)",
            rf"{QUI}\b[^.;]{{0,50}}(ferme|desactive|supprime|cloture|resilie|inacti[fv]|n'est plus)",
            rf"{WIE}\b[^.;]{{0,50}}(gesloten|uitgeschakeld|gedeactiveerd|verwijderd|opgeheven|inactief|afgesloten|niet (meer|"
            rf"langer) (actief|in gebruik))",
            rf"{WER}\b[^.;]{{0,50}}(deaktiviert|geschlossen|geloscht|stillgelegt|abgeschaltet|nicht mehr)",
        ),
    ),
)
# Servers say these of a mailbox that is gone, and of other things.
DOUBTFUL = _any(
    r"mailbox( is)?( currently)? unavailable|(recipient|address)[^.;:]{0,30}(rejected|refused)|unrouteable|"
    r"undeliverable address|not our customer",
    r"no valid recipients",
    rf"\b{WHO}\b[^.;:]{{0,40}}suspended|not accepting (mail|messages)|suspendue?\b|opgeschort",
)
# Exchange Online about an address its directory does not know, under 5.4.1.
EDGE_BLOCKING = _any(r"address rejected: access denied\W{0,3}as\(")
