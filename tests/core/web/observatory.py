"""The points of MDN's HTTP Observatory, by its published table (mdn/mdn-http-observatory, src/grader/charts.js, read in August 2026).

Only what an answer of ours can show is scored; what the table takes for granted of TLS itself (certificates, a redirect to HTTPS on the
same host) has tests of its own. Extra points count from 90 up. `preload` counts nothing until browsers have the host on their list.
"""

import re
from http.cookies import Morsel, SimpleCookie
from typing import Any

START = 100
ENOUGH_FOR_EXTRA = 90
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
SIX_MONTHS = 15_768_000
SCRIPT = re.compile(r"<script[^>]*\ssrc=\"([^\"]+)\"([^>]*)>")
UNSAFE_SOURCES = {"'unsafe-inline'", "'unsafe-eval'", "data:", "https:", "http:", "*"}


def points(response: Any) -> dict[str, int]:
    """What each test of the Observatory adds or takes away."""
    headers = response.headers
    policy = _policy(headers.get("Content-Security-Policy", ""))
    return {
        "content-security-policy": _of_policy(policy),
        "cookies": _of_cookies(response.cookies),
        "cross-origin-resource-sharing": _of_sharing(headers),
        "cross-origin-resource-policy": {"same-origin": 10, "same-site": 10, "cross-origin": 0, None: 0}.get(
            headers.get("Cross-Origin-Resource-Policy"), -5
        ),
        "referrer-policy": _of_referrer(headers.get("Referrer-Policy")),
        "strict-transport-security": _of_transport(headers.get("Strict-Transport-Security")),
        "subresource-integrity": _of_scripts(response.content.decode()),
        "x-content-type-options": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "x-frame-options": _of_frames(headers.get("X-Frame-Options"), policy),
    }


def score(response: Any) -> int:
    """As the Observatory adds them up."""
    told = points(response).values()
    without_extra = START + sum(point for point in told if point < 0)
    extra = sum(point for point in told if point > 0) if without_extra >= ENOUGH_FOR_EXTRA else 0
    return max(without_extra + extra, 0)


def _policy(header: str) -> dict[str, set[str]]:
    parts = [directive.split() for directive in header.split(";") if directive.strip()]
    return {name: set(sources) for name, *sources in parts}


def _of_policy(policy: dict[str, set[str]]) -> int:
    if not policy:
        return -25
    fallback = policy.get("default-src", {"*"})
    scripts, styles = (policy.get(name, fallback) for name in ("script-src", "style-src"))
    if (scripts | policy.get("object-src", fallback)) & (UNSAFE_SOURCES - {"'unsafe-eval'"}):
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if styles & UNSAFE_SOURCES:
        return 0
    closed = fallback == {"'none'"} and policy.get("form-action", {"*"}) in ({"'none'"}, {"'self'"})
    return 10 if closed else 5


def _of_cookies(cookies: SimpleCookie) -> int:
    if not cookies:
        return 0
    return min(_of_cookie(cookie) for cookie in cookies.values())


def _of_cookie(cookie: Morsel[str]) -> int:
    is_session = "sess" in cookie.key.lower()
    if not cookie["secure"]:
        return -40 if is_session else -20
    if is_session and not cookie["httponly"]:
        return -30
    if "csrf" in cookie.key.lower() and not cookie["samesite"]:
        return -20
    return 5 if cookie["samesite"] in {"Lax", "Strict"} else 0


def _of_sharing(headers: Any) -> int:
    return -50 if headers.get("Access-Control-Allow-Origin") and headers.get("Access-Control-Allow-Credentials") == "true" else 0


def _of_referrer(header: str | None) -> int:
    if header is None:
        return 0
    return 5 if header in PRIVATE_REFERRERS else -5


def _of_transport(header: str | None) -> int:
    age = re.search(r"max-age=(\d+)", header or "")
    if not age:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS else -10


def _of_scripts(html: str) -> int:
    sources = [(source, "integrity=" in rest) for source, rest in SCRIPT.findall(html)]
    if any(source.startswith(("http:", "//")) for source, _is_sealed in sources):
        return -50
    elsewhere = [is_sealed for source, is_sealed in sources if source.startswith("https:")]
    return -5 if not all(elsewhere) else 0


def _of_frames(header: str | None, policy: dict[str, set[str]]) -> int:
    if "frame-ancestors" in policy and "*" not in policy["frame-ancestors"]:
        return 5
    return 0 if header in {"DENY", "SAMEORIGIN"} else -20
