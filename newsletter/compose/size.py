"""How much of a mail Gmail shows: it clips the HTML at about 102 kB."""

from dataclasses import dataclass

WARN = 90_000
STOP = 100_000


@dataclass(frozen=True, slots=True)
class Gauge:
    """`tone`: good, warn or stop; `share` of the limit in percent, at most 100."""

    size: int
    tone: str
    share: int

    @property
    def kilobytes(self) -> float:
        return round(self.size / 1000, 1)


def gauge(size: int) -> Gauge:
    """The gauge for a size in bytes."""
    tone = "stop" if size > STOP else "warn" if size > WARN else "good"
    return Gauge(size=size, tone=tone, share=min(100, round(100 * size / STOP)))
