"""Who asks: the client's IP, and the network it is counted by."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# One household or office gets at least this much of IPv6, and may choose a new IP in it for each request.
IPV6_PREFIX = 64

type Network = ipaddress.IPv4Network | ipaddress.IPv6Network
type IP = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_ip(request: HttpRequest) -> str:
    """The reader's IP. `X-Forwarded-For` is believed as far as the proxies of ours wrote it, and no further (ASVS 5.0 §15.3.4).

    TRUSTED_PROXY_COUNT says how many of ours there are: each adds the IP that spoke to it at the end, so the entry that many places from
    the end is the reader's; what stands before it is what the reader claims. TRUSTED_PROXIES, where it is set, says in which networks they
    are: the header of a request that comes from elsewhere counts for nothing.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXY_COUNT
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if not proxies or len(forwarded) < proxies or not _is_ours(peer):
        return peer
    told = _read(forwarded[-proxies])
    return str(told) if told else peer


def client_network(request: HttpRequest) -> str:
    """What is counted: an IPv4 address, or the /64 around an IPv6 one."""
    ip = client_ip(request)
    read = _read(ip)
    if isinstance(read, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((read, IPV6_PREFIX), strict=False))
    return str(read or ip)


def _is_ours(peer: str) -> bool:
    """Whether the other end is one of our proxies. A local socket has no IP; only programs of this machine open it."""
    networks: list[Network] = [ipaddress.ip_network(each) for each in settings.TRUSTED_PROXIES]
    read = _read(peer)
    return not networks or read is None or any(read in network for network in networks)


def _read(text: str) -> IP | None:
    """An IP as proxies write it: alone, with a port, in brackets, or IPv4 in the clothes of IPv6. None for anything else."""
    bare = text.partition("]")[0].removeprefix("[") if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        read = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return (read.ipv4_mapped or read) if isinstance(read, ipaddress.IPv6Address) else read
