"""Runs the reader as a child process with limits of time and memory, so that a hostile file cannot harm the caller."""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from publications.enums import Refusal

READER = Path(__file__).with_name("reader.py")
SECONDS = 60
MEMORY = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file is. `refusal` is empty for a good one; `detail` says what in the file it is about."""

    refusal: str = ""
    detail: str = ""
    page_count: int = 0
    title: str = ""
    language: str = ""
    is_tagged: bool = False
    texts: tuple[str, ...] = ()


def inspect_pdf(path: Path, *, cover: Path) -> Reading:
    """Reads one file; `cover` is where the picture of its first page goes."""
    return inspect_pdfs([(path, cover)])[0]


def inspect_pdfs(files: Sequence[tuple[Path, Path]], *, seconds: int = SECONDS) -> list[Reading]:
    """Several files that are known to be good, in one child (the demo's samples). One that kills the child spoils those after it."""
    arguments = [str(each) for pair in files for each in pair]
    try:
        done = subprocess.run(  # noqa: S603 (our own script; the paths are ours too)
            [sys.executable, "-I", str(READER), *arguments],
            capture_output=True,
            timeout=seconds,
            check=False,
            preexec_fn=_limit,
        )
        output, late = done.stdout, Refusal.BROKEN
    except subprocess.TimeoutExpired as expired:
        output, late = expired.stdout or b"", Refusal.TOO_SLOW
    readings = [_reading(line) for line in output.splitlines()]
    return readings + [Reading(refusal=late.value)] * (len(files) - len(readings))


def _reading(line: bytes) -> Reading:
    found = json.loads(line)
    if found.get("refusal"):
        return Reading(refusal=Refusal(found["refusal"]).value, detail=found.get("detail", ""))
    return Reading(
        page_count=found["page_count"],
        title=found["title"],
        language=found["language"],
        is_tagged=found["is_tagged"],
        texts=tuple(found["texts"]),
    )


def _limit() -> None:
    """In the child, before it reads anything."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
