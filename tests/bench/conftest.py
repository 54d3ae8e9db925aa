"""One served demo for all benches."""

import logging
from collections.abc import Iterator

import pytest

from tests.databases import new_database
from tests.serving import Served, served

logging.getLogger("httpx").setLevel(logging.WARNING)  # one line a request would hide the figures


@pytest.fixture(scope="session")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """A site whose limits see one address per client, as behind a proxy, and its database."""
    database = new_database("bench")
    with served(tmp_path_factory.mktemp("bench"), database_url=database, TRUSTED_PROXY_COUNT="1") as site:
        yield site, database
