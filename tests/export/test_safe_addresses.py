"""Addresses that are safe in a document."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.export.hyperlinks import host_of, safe_href


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"),
        (" http://example.org ", "http://example.org"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("https://example.org/a_(b)", "https://example.org/a_%28b%29"),
        ("https://example.org/ä%20b%zz", "https://example.org/%C3%A4%20b%25zz"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://bücher.example:8080/", "https://xn--bcher-kva.example:8080/"),
        ("https://ada:1234@bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://[::1]:8000/a", "https://[::1]:8000/a"),
    ],
)
def test_an_address_for_web_or_mail_is_encoded(address, href):
    assert safe_href(address) == href


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "obsidian://open?vault=x",
        "//example.org/a",
        "/relative",
        "https://",
        "https://example.org/a b",
        "https://example.org/\nb",
        "https://evil.example\\@good.example/",
        "https://[bad/",
        "https://exa\u202emple.org/",
        "https://" + "ü" * 80 + ".example/",
        "https://example.org/" + "a" * 5000,
    ],
)
def test_every_other_address_is_refused(address):
    assert safe_href(address) == ""


@given(st.text(max_size=60).map("https://example.org/".__add__))
def test_an_address_cannot_end_its_link(address):
    assert re.fullmatch(r"[!-~]*", safe_href(address))
    assert not set(safe_href(address)) & set('<>()"`\\ ')


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://www.example.org/a", "example.org"), ("nothing", ""), ("https://[bad/", "")],
)
def test_a_host_is_given_without_www(address, host):
    assert host_of(address) == host
