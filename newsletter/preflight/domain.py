"""Will mail servers accept the mail as ours? SPF, DKIM and DMARC of the sender's domain, where DNS answers."""

from collections.abc import Callable, Iterable

import dns.exception
import dns.resolver

from newsletter.preflight.findings import Finding, Level

SECONDS = 4.0
# Where providers usually keep the key; only the mail server knows the real name.
SELECTORS = ("default", "mail", "dkim", "s1", "s2", "k1", "selector1", "selector2", "google", "smtp", "brevo", "mandrill")

Lookup = Callable[[str], list[str] | None]


def texts_of(name: str) -> list[str] | None:
    """The TXT records of a name; empty when there are none, None when DNS does not answer."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.DNSException:
        return None
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def check_domain(domain: str, bounce_domain: str, lookup: Lookup = texts_of) -> Iterable[Finding]:
    """A missing record is worth a look. A DKIM key we cannot find is only a note: its name is not public knowledge.

    SPF is asked of the domain bounces go to, the one mail servers look at (RFC 7208 §2.4).
    """
    own = lookup(bounce_domain)
    if own is None:
        yield Finding("domain_unknown", Level.NOTE, about=bounce_domain)
        return
    if not any(text.lower().startswith("v=spf1") for text in own):
        yield Finding("domain_spf", Level.LOOK, about=bounce_domain)
    if _has_policy(domain, lookup) is False:
        yield Finding("domain_dmarc", Level.LOOK, about=domain)
    if not any("p=" in text for selector in SELECTORS for text in lookup(f"{selector}._domainkey.{domain}") or []):
        yield Finding("domain_dkim", Level.NOTE, about=domain)


def _has_policy(domain: str, lookup: Lookup) -> bool | None:
    """Whether DMARC holds for the domain, by itself or by one above it (RFC 7489 §6.6.3); None when DNS does not answer.

    Walks up instead of reading the list of public suffixes: a suffix has no policy that would speak for us by mistake.
    """
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):
        policy = lookup("_dmarc." + ".".join(labels[start:]))
        if policy is None:
            return None
        if any(text.upper().startswith("V=DMARC1") for text in policy):
            return True
    return False
