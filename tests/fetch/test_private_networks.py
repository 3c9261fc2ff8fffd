import pytest

from annotator.errors import AddressRefused
from annotator.fetch import FetchOptions, fetch_answer
from annotator.fetch.private_networks import addresses_of, is_local, is_this_machine, refuse_local
from annotator.fetch.transport import proxy_for

LOCAL = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "64:ff9b:1::7f00:1",
    "64:ff9b:1::808:808",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:0:127.0.0.1",
    "::ffff:0:10.0.0.1",
    "fec0::1",
    "5f00::1",
]


@pytest.mark.parametrize("ip", LOCAL)
def test_what_is_not_routed_on_the_internet_is_local(ip):
    assert is_local(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_what_is_routed_on_the_internet_is_not_local(ip):
    assert not is_local(ip)


def test_a_name_says_nothing_of_where_it_lies():
    assert not is_local("intranet.example.org")


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "127.0.0.1", "::1", "::127.0.0.1"])
def test_some_hosts_can_only_be_this_machine(host):
    assert is_this_machine(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "::", "localhost.example.org", "example.org"])
def test_other_hosts_can_be_any(host):
    assert not is_this_machine(host)


def test_the_refusal_of_a_local_host_names_the_address_to_open():
    with pytest.raises(AddressRefused, match=r"http://router/.*own network.*open that address"):
        refuse_local("192.168.0.1", "http://router/")


async def test_the_addresses_of_a_host_in_figures_are_the_host_itself():
    assert await addresses_of("http://127.0.0.1:8000/a") == ("127.0.0.1",)
    assert await addresses_of("https://[::1]/a") == ("::1",)


def test_a_proxy_is_used_for_the_scheme_it_is_set_for(monkeypatch):
    monkeypatch.setenv("http_proxy", "proxy.example.org:3128")
    monkeypatch.setenv("no_proxy", "example.com")
    assert proxy_for("http://example.org/a") == "http://proxy.example.org:3128"
    assert proxy_for("https://example.org/a") is None
    assert proxy_for("http://example.com/a") is None


def test_one_proxy_can_be_set_for_all_schemes(monkeypatch):
    monkeypatch.setenv("all_proxy", "http://proxy.example.org:3128")
    assert proxy_for("https://example.org/a") == "http://proxy.example.org:3128"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_is_never_reached_through_a_proxy(monkeypatch, host):
    monkeypatch.setenv("http_proxy", "http://proxy.example.org:3128")
    assert proxy_for(f"http://{host}:8000/") is None


async def test_what_a_server_on_the_web_names_gets_nothing_in_a_private_network():
    options = FetchOptions(linked_from="https://api.zotero.org")
    with pytest.raises(AddressRefused):
        await fetch_answer("http://127.0.0.1:1/", headers={}, options=options, method="POST")
