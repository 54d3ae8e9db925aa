"""A line now and then about how far it is."""

import time
from collections.abc import Callable
from typing import BinaryIO

type Say = Callable[[str], None]
SECONDS = 5.0


class Progress:
    """Counts the bytes of one step, and says so every few seconds."""

    def __init__(self, say: Say, what: str) -> None:
        self._say, self._what = say, what
        self._size = 0
        self._next = time.monotonic() + SECONDS

    def add(self, size: int) -> None:
        self._size += size
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + SECONDS
            self._say(f"{self._what}: {megabytes(self._size)} so far")


class Watched:
    """A file to write to whose bytes are told."""

    def __init__(self, target: BinaryIO, progress: Progress) -> None:
        self._target, self._progress = target, progress

    def write(self, block: bytes) -> int:
        self._progress.add(len(block))
        return self._target.write(block)

    def flush(self) -> None:
        self._target.flush()


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
