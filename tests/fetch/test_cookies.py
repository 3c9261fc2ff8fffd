from dataclasses import replace

import pytest

from annotator.errors import FetchError
from annotator.fetch import fetch_page
from annotator.fetch.http import read_cookies
from annotator.fetch.httpx_import import httpx

HEADER = "# Netscape HTTP Cookie File\n"
TRY_LATER = 4102444800  # the year 2100


def line(domain: str, name: str, *, path="/", secure="FALSE", expires: object = TRY_LATER) -> str:
    below = "TRUE" if domain.startswith(".") else "FALSE"
    return f"{domain}\t{below}\t{path}\t{secure}\t{expires}\t{name}\tyes\n"


@pytest.fixture
def cookies_file(tmp_path):
    def write(*lines: str, header: str = HEADER):
        path = tmp_path / "cookies.txt"
        path.write_text(header + "".join(lines))
        return path

    return write


def sent(path, address: str) -> str:
    request = httpx.Request("GET", address)
    httpx.Cookies(read_cookies(path)).set_cookie_header(request)
    return request.headers.get("cookie", "")


def test_a_cookie_goes_to_its_own_host_alone(cookies_file):
    path = cookies_file(line("example.org", "a"))
    assert sent(path, "https://example.org/") == "a=yes"
    assert sent(path, "https://www.example.org/") == ""
    assert sent(path, "https://notexample.org/") == ""
    assert sent(path, "https://example.org.evil.example/") == ""


def test_a_cookie_of_a_domain_goes_to_the_hosts_below_it(cookies_file):
    path = cookies_file(line(".example.org", "a"))
    assert sent(path, "https://www.example.org/") == "a=yes"
    assert sent(path, "https://example.org/") == "a=yes"
    assert sent(path, "https://notexample.org/") == ""


def test_a_secure_cookie_does_not_go_over_an_open_connection(cookies_file):
    path = cookies_file(line("example.org", "a", secure="TRUE"))
    assert sent(path, "https://example.org/") == "a=yes"
    assert sent(path, "http://example.org/") == ""


def test_a_cookie_keeps_to_its_path(cookies_file):
    path = cookies_file(line("example.org", "a", path="/news"))
    assert sent(path, "https://example.org/news/1") == "a=yes"
    assert sent(path, "https://example.org/") == ""


def test_an_expired_cookie_is_not_sent(cookies_file):
    assert sent(cookies_file(line("example.org", "a", expires=1)), "https://example.org/") == ""


@pytest.mark.parametrize("expires", [0, ""])
def test_a_cookie_of_the_session_is_sent(cookies_file, expires):
    path = cookies_file(line("example.org", "a", expires=expires))
    assert sent(path, "https://example.org/") == "a=yes"


def test_a_cookie_that_scripts_may_not_see_is_sent(cookies_file):
    path = cookies_file("#HttpOnly_" + line("example.org", "a"))
    assert sent(path, "https://example.org/") == "a=yes"


def test_a_host_without_a_dot_has_cookies_too(cookies_file):
    assert sent(cookies_file(line("wiki", "a")), "http://wiki/") == "a=yes"


def test_no_file_means_no_cookies():
    assert sent(None, "https://example.org/") == ""


@pytest.mark.parametrize(
    ("header", "text"),
    [('[{"name": "a"}]', ""), ("", line("example.org", "a"))],
)
def test_a_file_of_another_kind_is_reported(cookies_file, header, text):
    with pytest.raises(FetchError, match=r"cookies\.txt is not a Netscape cookies file"):
        read_cookies(cookies_file(text, header=header))


@pytest.mark.parametrize("bad", ["no\tcookie\n", line("example.org", "a", expires="soon")])
def test_a_line_that_is_no_cookie_is_reported_with_its_number(cookies_file, bad):
    with pytest.raises(FetchError, match=r"cookies\.txt, line 3: this is not a cookie"):
        read_cookies(cookies_file(line("example.org", "a"), bad))


def test_the_second_field_decides_where_a_cookie_goes_and_not_the_dot_before_the_host(cookies_file):
    below, own = line(".example.org", "a"), line("example.net", "b")
    path = cookies_file(below.replace(".example", "example"), own.replace("example", ".example"))
    assert sent(path, "https://www.example.org/") == "a=yes"
    assert sent(path, "https://example.org/") == "a=yes"
    assert sent(path, "https://example.net/") == "b=yes"
    assert sent(path, "https://www.example.net/") == ""


def test_a_binary_cookies_file_is_reported(tmp_path):
    path = tmp_path / "cookies.sqlite"
    path.write_bytes(b"SQLite format 3\x00\xff\xfe")
    with pytest.raises(FetchError, match="is not a Netscape cookies file"):
        read_cookies(path)


def test_a_missing_file_is_reported(tmp_path):
    with pytest.raises(FetchError, match=r"No such cookies file: .*none\.txt"):
        read_cookies(tmp_path / "none.txt")


async def test_the_cookies_of_a_host_do_not_follow_a_redirect_to_another(site, quick, cookies_file):
    path = cookies_file(line("127.0.0.1", "mine"))
    site.on("/b", site.page("Elsewhere"))
    site.on("/a", site.redirect(site.url("/b", host="localhost"), Set_Cookie="theirs=1"))
    await fetch_page(site.url("/a"), options=replace(quick, cookies=path))
    first, second = site.requests
    assert first.headers["cookie"] == "mine=yes"
    assert "cookie" not in second.headers
    assert path.read_text() == HEADER + line("127.0.0.1", "mine")
