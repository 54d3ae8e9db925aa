"""Waiting for what another process does."""

import time
from collections.abc import Callable
from typing import Any

import httpx


def wait_until(holds: Callable[[], Any], what: str, seconds: float = 60, *, every: float = 0.1) -> None:
    """`what`: said where it does not come to that."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(every)


def is_answered(url: str, **options: Any) -> bool:
    """Whether somebody answers there, whatever it is."""
    try:
        httpx.get(url, timeout=60, **options)
    except httpx.TransportError:
        return False
    return True
