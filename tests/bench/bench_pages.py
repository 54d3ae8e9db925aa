"""`make bench`: what the main pages cost when they are made. Counts are exact, CPU is a ratio to a bare Wagtail page, in turns."""

import pytest

from tests.bench.costs import costs_of
from tests.serving import Served

PAGES = [
    "/fr/",
    "/fr/formations/",
    "/fr/formations/?theme=drugs&q=risque",
    "/fr/recherche/?q=logement",
    "/fr/formations/overdose/",
    "/nl/connect/",
]
MOST_QUERIES, MOST_CPU = 12, 3.0


def bench_pages(busy: tuple[Served, str], capsys: pytest.CaptureFixture[str]) -> None:
    site, database = busy
    costs = costs_of("tests.bench.page_costs", PAGES, site, database)
    lines = [f"{'page':<40} queries   CPU ms   × bare   HTML gzip"]
    for each in costs:
        times, weight = each["cpu"] / each["bare"], each["gzip"] / 1000
        lines.append(f"{each['path']:<40} {each['queries']:>7}   {each['cpu']:>6.1f}   {times:>6.1f}   {weight:>6.1f} kB")
    lines.append(f"a bare Wagtail page: {min(each['bare'] for each in costs):.1f} ms. Bars: {MOST_QUERIES} queries, {MOST_CPU:.0f} × bare.")
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert max(each["queries"] for each in costs) <= MOST_QUERIES
    assert max(each["cpu"] / each["bare"] for each in costs) <= MOST_CPU
