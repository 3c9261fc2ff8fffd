from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.serve.capture import form_of
from annotator.serve.http import Incoming, Refused

KIND = {"content-type": "multipart/form-data; boundary=B"}
WHOLE = (
    b'--B\r\nContent-Disposition: form-data; name="file"; filename="\xc3\x84 (1).html"\r\n'
    b"Content-Type: text/html\r\n\r\n<p>a\r\n--not B\r\n</p>\r\n"
    b'--B\r\nContent-Disposition: form-data; name="url"\r\n\r\nhttps://example.org/\r\n--B--\r\n'
)


def form(body, kind=KIND["content-type"]):
    return form_of(Incoming("POST", "/", {}, {"content-type": kind}, bytearray(body)))


def test_the_fields_of_a_form_are_read_as_they_are():
    fields = {"file": b"<p>a\r\n--not B\r\n</p>", "url": b"https://example.org/"}
    assert form(WHOLE) == fields
    assert form(b"before it\r\n" + WHOLE) == fields
    assert form(WHOLE, 'Multipart/Form-Data; charset=x; boundary="B"') == fields


@pytest.mark.parametrize(
    "kind", ["", "text/html", "multipart/form-data", "multipart/mixed; boundary=B"]
)
def test_what_is_no_form_is_refused(kind):
    with pytest.raises(Refused) as refused:
        form(WHOLE, kind)
    assert refused.value.status == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        WHOLE[:-6],
        WHOLE[:120],
        b"--B\r\n\r\n\r\n--B--",
        b'--B\r\nContent-Disposition: form-data; name=""\r\n\r\n\r\n--B--',
        b"--B\r\n" * 1000,
        b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' * 30 + b"--B--",
    ],
)
def test_a_damaged_form_is_refused(body):
    with pytest.raises(Refused) as refused:
        form(body)
    assert refused.value.status == 400


@given(st.binary(max_size=300), st.integers(0, len(WHOLE)), st.integers(0, 40))
@example(b"", 0, 0)
def test_whatever_comes_is_read_or_refused(noise, at, gone):
    with suppress(Refused):
        assert form(WHOLE[:at] + noise + WHOLE[at + gone :]) is not None
