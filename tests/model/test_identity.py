import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.identity import (
    ID_LENGTH,
    doi_address,
    doi_in,
    id_of_text,
    id_of_url,
    is_web_address,
    normalise_url,
)

PAGE = "https://example.org/a/page"


@pytest.mark.parametrize(
    ("url", "normalised"),
    [
        pytest.param("HTTPS://Example.ORG/A", "https://example.org/A", id="case of the host"),
        pytest.param("https://example.org", "https://example.org/", id="no path"),
        pytest.param("https://example.org:443/a", "https://example.org/a", id="default port"),
        pytest.param("http://example.org:80/a", "http://example.org/a", id="default of http"),
        pytest.param("http://example.org:443/a", "http://example.org:443/a", id="another port"),
        pytest.param("https://example.org/a#part-2", "https://example.org/a", id="fragment"),
        pytest.param("https://example.org./a", "https://example.org/a", id="dot of the root"),
        pytest.param(" https://example.org/a\n", "https://example.org/a", id="white space"),
        pytest.param("https://example.org/?b=2&a=1", "https://example.org/?a=1&b=2", id="order"),
        pytest.param("https://example.org/?q=", "https://example.org/?q=", id="empty value"),
        pytest.param("https://[2001:DB8::1]:8443/a", "https://[2001:db8::1]:8443/a", id="IPv6"),
        pytest.param("https://user@example.org/a", "https://example.org/a", id="user"),
    ],
)
def test_parts_that_do_not_identify_the_page_are_dropped(url, normalised):
    assert normalise_url(url) == normalised


@pytest.mark.parametrize(
    "parameter",
    [
        "utm_source",
        "utm_medium",
        "fbclid",
        "gclid",
        "msclkid",
        "mc_cid",
        "mc_eid",
        "_hsenc",
        "igshid",
        "ref_src",
        "ns_mchannel",
        "at_medium",
        "at_campaign_group",
        "guce_referrer",
        "UTM_Campaign",
    ],
)
def test_tracking_parameters_are_dropped(parameter):
    assert normalise_url(f"{PAGE}?id=7&{parameter}=x") == f"{PAGE}?id=7"


@pytest.mark.parametrize("parameter", ["id", "page", "p", "v", "q", "story", "utm", "item_id"])
def test_parameters_that_may_choose_the_page_are_kept(parameter):
    assert normalise_url(f"{PAGE}?{parameter}=x") == f"{PAGE}?{parameter}=x"


@pytest.mark.parametrize(
    "url", ["", "no address", "file:///home/reader/page.html", "http://[broken", "http://x:port/"]
)
def test_an_address_without_a_host_is_returned_as_it_is(url):
    assert normalise_url(f" {url} ") == url


@given(st.text())
def test_normalising_an_address_again_changes_nothing(url):
    assert normalise_url(normalise_url(url)) == normalise_url(url)


@given(
    st.sampled_from(["http", "HTTPS"]),
    st.sampled_from(["example.org", "EXAMPLE.org:8080", "[::1]"]),
    st.text(st.sampled_from("/abc%20é"), max_size=9),
    st.text(st.sampled_from("ab=&+%26é "), max_size=12),
)
def test_normalising_a_web_address_again_changes_nothing(scheme, host, path, query):
    once = normalise_url(f"{scheme}://{host}/{path}?{query}")
    assert normalise_url(once) == once


def test_one_page_has_one_id_however_it_was_reached():
    ways = [
        PAGE,
        "http://example.org/a/page",
        "https://EXAMPLE.org/a/page?utm_source=mail#comments",
        "https://example.org:443/a/page",
    ]
    assert len({id_of_url(way) for way in ways}) == 1


def test_two_pages_have_two_ids():
    assert id_of_url(PAGE) != id_of_url(PAGE + "?id=2")


def test_an_address_and_a_text_of_the_same_words_have_two_ids():
    assert id_of_url(PAGE) != id_of_text(PAGE)


def test_an_id_is_short_and_safe_as_a_file_name():
    for identity in (id_of_url(PAGE), id_of_text("Words."), id_of_text("")):
        assert len(identity) == ID_LENGTH
        assert set(identity) <= set("0123456789abcdef")


def test_a_lone_surrogate_has_an_id_as_well():
    assert id_of_text("\ud800") == id_of_text("?")
    assert id_of_url(f"{PAGE}?a=\udcff") == id_of_url(f"{PAGE}?a=%3F")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (PAGE, True),
        ("HTTP://example.org", True),
        ("file:///a.html", False),
        ("javascript:alert(1)", False),
        ("httpsx://example.org", False),
        ("", False),
    ],
)
def test_only_http_and_https_are_web_addresses(url, expected):
    assert is_web_address(url) is expected


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        ("See doi:10.1000/182.", "10.1000/182"),
        ("(https is no address) 10.1016/S0140-6736(20)30183-5;", "10.1016/S0140-6736(20)30183-5"),
        ("As shown (10.1000/182).", "10.1000/182"),
        ("As shown (10.1000/a(b)).,", "10.1000/a(b)"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("http://dx.doi.org/10.1000%2F182 ", "10.1000/182"),
        ("https://publisher.example/doi/10.1000/182/full", ""),
        ("https://doi.org/10.1000/182 and more", ""),
        ("110.1000/182", ""),
        ("10.100/182", ""),
        ("10.1000/", ""),
        ("", ""),
    ],
)
def test_the_doi_that_a_text_names_is_found_without_the_punctuation_after_it(text, doi):
    assert doi_in(text) == doi


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        ("doi:10.1000/182.", "10.1000/182"),
        ("https://www.doi.org/10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/a%3Cb%3E", "10.1000/a<b>"),
        ("10.1000.10/ab", "10.1000.10/ab"),
        (
            "10.1002/(SICI)1097(1999)50:1<1::AID>3.0.CO;2-8",
            "10.1002/(SICI)1097(1999)50:1<1::AID>3.0.CO;2-8",
        ),
        ("10.1000/1\u202e82\x07", "10.1000/182"),
        ("https://journal.example/10.1000/182", ""),
        ("2010.1000/182", ""),
    ],
)
def test_a_doi_is_read_from_what_names_it(text, doi):
    assert doi_in(text) == doi
    assert not doi or doi_in(doi_address(doi)) == doi
