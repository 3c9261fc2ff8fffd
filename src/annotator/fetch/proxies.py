"""Which proxy an address goes through, as the environment and the system say."""

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from annotator.fetch.zones import host_of, is_this_machine


def proxy_for(address: str) -> str | None:
    """Return the proxy for `address`, or nothing to reach it straight.

    One's own machine is never asked for through a proxy, as in browsers.
    """
    host, known = host_of(address), getproxies()
    proxy = known.get(urlsplit(address).scheme) or known.get("all")
    if not proxy or is_this_machine(host) or proxy_bypass(host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"
