"""Which hosts may be reached: only such as lie in the public internet, unless tests or demos say otherwise."""

from __future__ import annotations

import ipaddress
import socket

NOT_GLOBAL = "the address is not in the public internet"


def find_refusal(host: str, port: int) -> str | None:
    """Return why a host is not to be reached, or None: every address that its name stands for must be global.

    Resolves the name. The connection made afterwards resolves it again, so a name server that changes its answer in
    between is not caught here. Raises OSError where the name does not resolve.
    """
    for _, _, _, _, sockaddr in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        address = str(sockaddr[0]).partition("%")[0]
        if not is_global(address):
            return f"{NOT_GLOBAL}: {host} is {address}"
    return None


def is_global(address: str) -> bool:
    """Tell whether an IP address lies in the public internet, also where IPv6 only wraps an IPv4 address."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return False
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
