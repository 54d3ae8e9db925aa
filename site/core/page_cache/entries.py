"""Answers ready to be sent, the longest unread thrown away first."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from core.page_cache.versions import Total

Headers = list[tuple[str, str]]
OVERHEAD = 2000  # bytes, about, of an entry beside its body


@dataclass(slots=True)
class Entry:
    """One answer, what it was made of, and when it is right. `total`: the last moment of the database at which it was."""

    headers: Headers
    body: bytes
    etag: str
    tables: Mapping[str, int]
    total: Total
    since: float
    until: float


class Entries:
    """The entries of this process."""

    def __init__(self) -> None:
        self._entries: OrderedDict[object, Entry] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: object) -> Entry | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: object, entry: Entry, *, most_bytes: int) -> None:
        with self._lock:
            self._drop(key)
            self._entries[key] = entry
            self._bytes += len(entry.body) + OVERHEAD
            while self._bytes > most_bytes and self._entries:
                self._drop(next(iter(self._entries)))

    def drop(self, key: object) -> None:
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def size(self) -> int:
        return self._bytes

    def _drop(self, key: object) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= len(entry.body) + OVERHEAD
