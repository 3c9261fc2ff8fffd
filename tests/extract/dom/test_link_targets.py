"""Addresses are made absolute, and refused where they could do harm."""

import pytest

from annotator.extract.dom.link_targets import MAX_LENGTH, absolute, fragment

BASE = "https://herald.example/a/b.html"


@pytest.mark.parametrize(
    ("href", "whole"),
    [
        ("/c", "https://herald.example/c"),
        ("c?d=1", "https://herald.example/a/c?d=1"),
        ("//other.example/x", "https://other.example/x"),
        ("http://other.example", "http://other.example"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://ü.example/ä b", "https://ü.example/ä%20b"),
        (" https://other.example/\nx ", "https://other.example/x"),
        ("HTTPS://Other.example/X", "https://Other.example/X"),
    ],
)
def test_web_and_mail_addresses_are_made_absolute(href, whole):
    assert absolute(href, BASE) == whole


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#here",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://[broken",
        "http://",
        "https://herald.example/" + "x" * 9_000,
        "../" + "x" * (MAX_LENGTH - 3),  # too long once it is whole
    ],
)
def test_all_other_addresses_are_refused(href):
    assert absolute(href, BASE) == ""


def test_a_relative_address_without_a_base_is_refused():
    assert absolute("/c", "") == ""


def test_only_a_link_to_the_same_page_has_a_fragment():
    assert fragment("#fn1", BASE) == "fn1"
    assert fragment(BASE + "#fn1", BASE) == "fn1"
    assert fragment("https://other.example/#fn1", BASE) == ""
    assert fragment("/c", BASE) == ""
