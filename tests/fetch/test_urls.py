import pytest

from annotator.errors import AddressRefused, FetchError, InvalidAddress
from annotator.fetch import check_address, complete_address, looks_like_address


@pytest.mark.parametrize(
    ("typed", "fetched"),
    [
        ("http://example.org/a?b=c#d", "http://example.org/a?b=c"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("HTTPS://EXAMPLE.ORG/A", "https://example.org/A"),
        ("https://example.org", "https://example.org"),
        ("https://example.org./a", "https://example.org./a"),
        ("https://sub_domain.example.org/", "https://sub_domain.example.org/"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
        ("http://localhost/", "http://localhost/"),
        ("https://example.org/déjà?q=vu", "https://example.org/d%C3%A9j%C3%A0?q=vu"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://xn--mnchen-3ya.example/", "https://xn--mnchen-3ya.example/"),
        (
            "https://fa.example.org/می\u200cشود",
            "https://fa.example.org/%D9%85%DB%8C%E2%80%8C%D8%B4%D9%88%D8%AF",
        ),
    ],
)
def test_an_address_is_fetched_in_ascii_and_without_its_fragment(typed, fetched):
    assert check_address(typed).rstrip("/") == fetched.rstrip("/")


def test_a_name_that_only_looks_familiar_shows_what_it_is():
    assert check_address("https://\u0440\u0430ypal.com/") == "https://xn--ypal-43d9g.com/"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "--version",
        "example.org/a",
        "/home/me/a.html",
        "http:///a",
        "https://",
        "https://example.org/a b",
        "https://example.org/\x1b[31m",
        "https://example.org/\u202egpj",
        "https://example.org/\u200b",
        "http://example.org\\@example.com/",
        "http://exa%00mple.org/",
        "http://exa..mple.org/",
        "http://-example.org/",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://example.org:-1/",
        "http://[fe80::1%25eth0]/",
        "http://[::1/",
        "http://xn--a/",
        f"http://{'a' * 64}.org/",
        f"http://example.org/{'a' * 9000}",
    ],
)
def test_what_is_no_address_is_refused_in_words(typed):
    with pytest.raises(InvalidAddress) as refused:
        check_address(typed)
    assert refused.value.message.endswith(".")
    assert refused.value.hint.endswith(".")


@pytest.mark.parametrize("host", ["127.1", "0177.0.0.1", "2130706433", "0x7f000001", "1.2.3.4.5"])
def test_an_ip_address_in_disguise_is_refused(host):
    with pytest.raises(InvalidAddress):
        check_address(f"http://{host}/")


@pytest.mark.parametrize(
    "typed",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://example.org/a",
        "JaVaScRiPt:alert(1)",
        "data:text/html,hello",
        "view-source:https://example.org/",
        "mailto:me@example.org",
        "https://me:secret@example.org/",
        "https://me@example.org/",
    ],
)
def test_an_address_that_leads_to_no_page_is_refused(typed):
    with pytest.raises(AddressRefused):
        check_address(typed)


def test_a_password_is_not_repeated_in_the_refusal():
    with pytest.raises(AddressRefused) as refused:
        check_address("https://me:secret@example.org/")
    assert "secret" not in str(refused.value)


def test_a_host_that_no_registry_would_take_is_refused():
    with pytest.raises(InvalidAddress):
        check_address("https://\u2603\ufe0f.example/")
    with pytest.raises(InvalidAddress):
        check_address("https://xn--99999999.example/")


def test_the_refusal_of_a_bare_host_says_how_to_write_it():
    with pytest.raises(FetchError, match=r"https://example\.org/a"):
        check_address("example.org/a")


def test_no_control_character_reaches_the_message():
    with pytest.raises(InvalidAddress) as refused:
        check_address("https://example.org/\x1b]0;owned\x07")
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize(
    ("source", "is_address"),
    [
        ("https://example.org/", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("  https://example.org/", True),
        ("http:/example.org", True),
        ("ftp://example.org/", True),
        ("javascript:alert(1)", True),
        ("file:///home/me/a.html", True),
        ("example.org", False),
        ("a.html", False),
        ("./notes: today.txt", False),
        ("notes:today.txt", False),
        ("C:\\pages\\a.html", False),
        ("/home/me/http/a.html", False),
        ("-", False),
        ("", False),
    ],
)
def test_an_address_is_told_from_the_name_of_a_file(source, is_address):
    assert looks_like_address(source) is is_address


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("example.org/story", "https://example.org/story"),
        ("example.org", "https://example.org"),
        ("www.example.org:8443/a?b=c", "https://www.example.org:8443/a?b=c"),
        ("127.0.0.1:8000/story", "https://127.0.0.1:8000/story"),
        ("пример.рф/новость", "https://пример.рф/новость"),
        ("notes.md", ""),
        ("page.html", ""),
        ("notes/page.html", ""),
        ("./example.org", ""),
        ("my notes.org", ""),
        ("1.5", ""),
        ("ann@example.org", ""),
        ("-", ""),
        ("9a41c0de", ""),
    ],
)
def test_an_address_without_its_scheme_is_one_of_https(source, address):
    assert complete_address(source) == address
