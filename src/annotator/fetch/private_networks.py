"""Whether an address is on the internet or in a private network.

A page on the internet may not send the reader to a router, a cloud's metadata
or a service on their own machine. What they typed themselves is theirs to open.
"""

import asyncio
import ipaddress
import socket
from urllib.parse import urlsplit

from annotator.errors import PrivateNetwork
from annotator.fetch.urls import shown
from annotator.model.identity import is_web_address

# Networks whose addresses end with one of IPv4: translated by a router, or written in another way.
_EMBEDDING = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
# What Python's table of networks lacks: translation within a site, compatible addresses, those of
# sites, and segments of a route.
_LOCAL = tuple(map(ipaddress.IPv6Network, ("64:ff9b:1::/48", "::/96", "fec0::/10", "5f00::/16")))
_PORTS = {"http": 80, "https": 443}

SIGN_IN_HINT = (
    "If your network has a page to sign in, as in hotels and trains, sign in there with a browser, "
    "and try again."
)


def host_of(address: str) -> str:
    """Return the host of an address that has been checked, without a final dot."""
    return (urlsplit(address).hostname or "").rstrip(".")


def is_local(ip: str) -> bool:
    """Whether `ip` is not routed on the internet; False for anything but an IP address."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    embedded = _embedded(address)
    is_named = any(address in network for network in _LOCAL)
    return is_named or not embedded.is_global or embedded.is_multicast


def is_this_machine(host: str) -> bool:
    """Whether `host` can only mean this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return _embedded(ipaddress.ip_address(host)).is_loopback
    except ValueError:
        return False


def is_local_address(address: str) -> bool:
    """Return whether a web address is in a private network, as far as the address itself says."""
    host = host_of(address) if is_web_address(address) else ""
    return bool(host) and (is_this_machine(host) or is_local(host))


async def addresses_of(address: str) -> tuple[str, ...]:
    """Return the IP addresses of the host of `address`. Raises `OSError` if there are none."""
    parts = urlsplit(address)
    port = parts.port or _PORTS[parts.scheme]
    loop = asyncio.get_running_loop()
    entries = await loop.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    return tuple(str(entry[4][0]) for entry in entries)


def refuse_local(ip: str, address: str) -> None:
    """Raise `AddressRefused` if `ip`, an address of the host of `address`, is local."""
    if is_local(ip):
        raise PrivateNetwork(
            f"The page leads to {shown(address)}, which is in your own network.",
            f"{SIGN_IN_HINT} Otherwise, if you trust it, open that address itself.",
        )


def _embedded(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the IPv4 address embedded in an IPv6 address, or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    is_own = address.is_loopback or address.is_unspecified  # both are in `::/96`
    if not is_own and any(address in network for network in _EMBEDDING):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
