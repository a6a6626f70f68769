"""Which addresses may be reached: the public internet, and loopback or a private network only where settings say so."""

from __future__ import annotations

import ipaddress

NOT_GLOBAL = "the address is not in the public internet"
WRONG_PORT = "the port is not one that is asked"

_EMBEDDED_IPV4 = (  # IPv6 networks whose last four bytes are an IPv4 address that a gateway would go on to
    ipaddress.ip_network("::/96"),  # IPv4-compatible, given up by RFC 4291
    ipaddress.ip_network("64:ff9b::/96"),  # NAT64, RFC 6052
    ipaddress.ip_network("64:ff9b:1::/48"),  # NAT64 for local use, RFC 8215
)


class RefusedAddressError(OSError):
    """An address that we do not connect to, by our own rules."""


def find_refusal(address: str, port: int, *, private: bool, ports: tuple[int, ...]) -> str | None:
    """Return why an IP address and port are not to be reached, or None.

    With ``private`` loopback and private networks may be, on any port: they are one's own. Never reached are link-local
    addresses (a cloud's metadata among them), 0.0.0.0/8, multicast, reserved ones and IPv6 gateways to IPv4.
    """
    ip = unwrap(address)
    if ip is not None and is_global(ip):
        return None if private or port in ports else f"{WRONG_PORT}: {port}"
    if ip is not None and private and is_own(ip):
        return None
    return f"{NOT_GLOBAL}: {address}"


def unwrap(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return an IP address, that which an IPv4-mapped one stands for; None for IPv6 that leads to IPv4 by a gateway."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    is_gateway = ip.sixtofour is not None or ip.teredo is not None or any(ip in net for net in _EMBEDDED_IPV4)
    return None if is_gateway and not ip.is_loopback else ip


def is_global(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Tell whether an address is one of a single host in the public internet."""
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or _is_site_local(ip))


def is_own(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Tell whether an address is loopback or of a private network, such as tests and intranets have."""
    if ip.is_loopback:
        return True
    own = _OWN_V4 if isinstance(ip, ipaddress.IPv4Address) else _OWN_V6
    return any(ip in network for network in own)


def _is_site_local(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local


_OWN_V4 = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
_OWN_V6 = (ipaddress.ip_network("fc00::/7"),)
