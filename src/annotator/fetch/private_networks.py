"""Whether an address lies on the internet or in one's own network.

A page on the internet may not send the reader to a router, a cloud's metadata
or a service on their own machine. What they typed themselves is theirs to open.
"""

import asyncio
import ipaddress
import socket
from urllib.parse import urlsplit

from annotator.errors import AddressRefused
from annotator.fetch.urls import shown

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}


def host_of(address: str) -> str:
    """Return the host of an address that has been checked, without a final dot."""
    return (urlsplit(address).hostname or "").rstrip(".")


def is_local(ip: str) -> bool:
    """Tell whether `ip` is not routed on the internet; what is no IP address is not local."""
    try:
        address = _embedded(ipaddress.ip_address(ip))
    except ValueError:
        return False
    return not address.is_global or address.is_multicast


def is_this_machine(host: str) -> bool:
    """Tell whether `host` can only mean the reader's own machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return _embedded(ipaddress.ip_address(host)).is_loopback
    except ValueError:
        return False


async def addresses_of(address: str) -> tuple[str, ...]:
    """Return the IP addresses of the host of `address`; raises `OSError` if there are none."""
    parts = urlsplit(address)
    port = parts.port or _PORTS[parts.scheme]
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    return tuple(str(entry[4][0]) for entry in found)


def refuse_local(ip: str, address: str) -> None:
    """Raise `AddressRefused` if `ip`, had for `address`, is local."""
    if is_local(ip):
        raise AddressRefused(
            f"The page redirects to {shown(address)}, which lies in your own network.",
            "If you trust it, open that address itself.",
        )


def _embedded(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, if it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
