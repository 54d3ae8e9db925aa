"""Email addresses: one way to write each, which of them mail can reach, and which are likely typing errors."""

import contextlib
import unicodedata
from functools import lru_cache
from typing import Final

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

LONGEST: Final = 254  # RFC 5321 §4.5.3.1.3, its angle brackets apart
LONGEST_LOCAL: Final = 64  # §4.5.3.1.1
# Names no mail server of the world answers to (RFC 6761, RFC 6762, ICANN's "internal").
PRIVATE: Final = frozenset(("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "arpa", "invalid", "onion"))
# Those a typing error is compared with. Short names are left out: too many real ones are one letter away.
COMMON: Final = (
    *("gmail.com", "hotmail.com", "hotmail.be", "hotmail.fr", "outlook.com", "outlook.be", "outlook.fr", "yahoo.com", "yahoo.fr"),
    *("icloud.com", "skynet.be", "telenet.be", "proximus.be", "scarlet.be", "belgacom.net", "brutele.be", "protonmail.com", "laposte.net"),
    *("wanadoo.fr", "orange.fr"),
)
# One letter away from a common one, and real.
REAL: Final = frozenset(("ymail.com", "mail.com", "email.com", "fmail.com", "orange.be"))
# The big services exist under many endings.
ENDINGS: Final = frozenset(
    ["at", "be", "ca", "ch", "de", "dk", "es", "fi", "fr", "gr", "ie", "it", "lu", "nl", "no", "pl", "pt", "ro", "se", "uk"]
)

_syntax = EmailValidator(allowlist=[])


def normalised(address: str) -> str:
    """The address in lower case, its domain as DNS writes it. `Zoé@Éxample.org ` and `zoé@xn--xample-9ua.org` are one.

    IDNA 2008, non-transitional: `straße.example` is a domain of its own, not `strasse.example`.
    """
    plain = unicodedata.normalize("NFC", address).strip()
    name, _at, domain = plain.rpartition("@")
    # What is no domain to DNS stays as typed: the validation of addresses says so.
    with contextlib.suppress(idna.IDNAError):
        domain = domain if domain.isascii() and "xn--" not in domain.lower() else idna.encode(domain, uts46=True).decode("ascii")
    return f"{name}@{domain}".lower() if name else plain.lower()


def validate_public_email(address: str) -> None:
    """Refuses what no mail can reach from here, and says which part is wrong. `address` as `normalised` writes it."""
    name, at, domain = address.rpartition("@")
    if at and len(name) > LONGEST_LOCAL:
        raise ValidationError(_("The part before the @ is too long: mail allows 64 characters there."), code="too_long")
    if len(address) > LONGEST:
        raise ValidationError(_("This address is too long."), code="too_long")
    last = domain.rpartition(".")[2]
    if at and (last in PRIVATE or last.isdigit() or domain.startswith("[")):
        words = _("No mail can reach “%(domain)s” from outside. An address looks like name@example.org.")
        raise ValidationError(words, code="unreachable", params={"domain": domain})
    try:
        if not domain.isascii():  # letters `normalised` could not write for DNS
            raise ValidationError("")
        _syntax(address)
    except ValidationError:
        raise ValidationError(_("This address is not complete. It looks like name@example.org."), code="invalid") from None


@lru_cache(maxsize=1024)
def suggestion(address: str) -> str:
    """The address somebody probably meant: `ana@gmial.com` → `ana@gmail.com`. Empty where nothing looks like a typing error."""
    name, _at, domain = address.rpartition("@")
    if domain in COMMON or domain in REAL:
        return ""
    service, _dot, ending = domain.partition(".")
    if service == "gmail":  # it has one domain
        return f"{name}@gmail.com"
    if ending in ENDINGS and any(each.startswith(f"{service}.") for each in COMMON):
        return ""
    meant = next((each for each in COMMON if is_one_slip(domain, each)), "")
    return f"{name}@{meant}" if meant else ""


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too many, wrong, or has changed places with its neighbour."""
    shorter, longer = sorted((typed, meant), key=len)
    start = next((index for index, char in enumerate(shorter) if char != longer[index]), len(shorter))
    if len(longer) - len(shorter) == 1:
        return longer[start + 1 :] == shorter[start:]
    if len(longer) != len(shorter) or typed == meant:
        return False
    swapped = typed[start + 1 : start + 2] + typed[start : start + 1] == meant[start : start + 2]
    return typed[start + 1 :] == meant[start + 1 :] or (swapped and typed[start + 2 :] == meant[start + 2 :])
