"""Solves a proof of work as the script of the page does, and reads the page that asks for one."""

import html
import json
import re

from altcha import Challenge, Payload, solve_challenge


def challenge_of(page: str) -> str:
    """The challenge in a page; empty where none is asked for."""
    found = re.search(r'data-smes-challenge="([^"]+)"', page)
    return html.unescape(found.group(1)) if found else ""


def ticket_of(page: str) -> str:
    """What a browser without JavaScript sends again."""
    found = re.search(r'name="proof" value="([^"]+)"', page)
    return html.unescape(found.group(1)) if found else ""


def solved(challenge: str) -> str:
    """What the browser sends for a challenge."""
    read = Challenge.from_dict(json.loads(challenge))
    solution = solve_challenge(read)
    assert solution
    return Payload(read, solution).to_base64()
