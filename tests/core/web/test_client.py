"""Whom we count: the reader, whatever the reader claims to be."""

from typing import Any

import pytest
from django.test import RequestFactory

from core.web import client
from core.web.client import client_ip, client_network

READER, PROXY, OUTER_PROXY, FORGED = "198.51.100.20", "10.0.0.2", "203.0.113.1", "192.0.2.99"


def request_of(peer: str, *forwarded: str) -> Any:
    headers = {"HTTP_X_FORWARDED_FOR": ", ".join(forwarded)} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **headers)


@pytest.fixture(autouse=True)
def one_proxy(settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    settings.TRUSTED_PROXIES = []


def test_the_proxy_says_who_the_reader_is() -> None:
    assert client_ip(request_of(PROXY, READER)) == READER


def test_a_forged_header_does_not_choose_who_is_counted() -> None:
    """The proxy adds what it saw at the end; what came with the request stands before it."""
    assert client_ip(request_of(PROXY, FORGED, READER)) == READER
    assert client_ip(request_of(PROXY, FORGED, FORGED, FORGED, READER)) == READER


def test_without_a_proxy_of_ours_the_header_counts_for_nothing(settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = 0
    assert client_ip(request_of(READER, FORGED)) == READER


def test_two_proxies(settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = 2
    assert client_ip(request_of(PROXY, FORGED, READER, OUTER_PROXY)) == READER
    assert client_ip(request_of(PROXY, FORGED)) == PROXY, "who did not come through both proves nothing"


def test_with_networks_only_a_proxy_of_them_is_believed(settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/24", "fd00::/8"]
    assert client_ip(request_of(PROXY, FORGED, READER)) == READER
    assert client_ip(request_of("fd00::1", READER)) == READER
    assert client_ip(request_of(READER, FORGED)) == READER, "straight to the server, past the proxy"
    assert client_ip(request_of("", READER)) == READER, "a socket of this machine has no address"


@pytest.mark.control
def test_without_networks_who_reaches_the_server_itself_may_forge(settings: Any) -> None:
    assert client_ip(request_of(READER, FORGED)) == FORGED


@pytest.mark.parametrize("written", [READER, f"{READER}:50123", f"::ffff:{READER}", f"[::ffff:{READER}]:50123"])
def test_the_same_reader_however_a_proxy_writes_it(written: str) -> None:
    assert client_network(request_of(PROXY, written)) == READER


@pytest.mark.parametrize("written", ["unknown", "_hidden", "1.2.3.4.5", "x" * 300])
def test_what_is_no_address_counts_as_the_proxy(written: str) -> None:
    assert client_network(request_of(PROXY, written)) == PROXY


def test_one_household_of_ipv6_is_one_network() -> None:
    networks = {client_network(request_of(PROXY, f"2001:db8:1:2:{last}::1")) for last in ("1", "2", "ffff")}
    assert networks == {"2001:db8:1:2::/64"}
    assert client_network(request_of(PROXY, "2001:db8:1:3::1")) == "2001:db8:1:3::/64"


@pytest.mark.control
def test_without_the_64_one_household_is_as_many_as_it_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "IPV6_PREFIX", 128)
    assert len({client_network(request_of(PROXY, f"2001:db8:1:2::{last}")) for last in range(1, 9)}) == 8
