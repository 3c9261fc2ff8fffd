import pytest

from annotator.fetch.decoding import decode_html, decode_text, preview

FRENCH = "Déjà vu, l’été où nous étions à Noël, « ça va » — 12 € œuvre. " * 6
RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю. " * 6
JAPANESE = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。" * 6
CHINESE = "天地玄黃，宇宙洪荒。日月盈昃，辰宿列張。寒來暑往，秋收冬藏。" * 6
ENGLISH = "The quick brown fox jumps over the lazy dog, and so on it goes. " * 6


def html(text: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}<title>A page</title></head><body><p>{text}</p>"


def test_a_byte_order_mark_outranks_the_header():
    page = b"\xef\xbb\xbf" + html(FRENCH).encode()
    assert decode_html(page, "text/html; charset=iso-8859-1") == html(FRENCH)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_both_orders_of_utf_16_are_read(codec):
    page = ("\ufeff" + html(FRENCH)).encode(codec)
    assert decode_html(page) == html(FRENCH)
    assert decode_text(page) == html(FRENCH)
    assert preview(page).startswith("<!doctype html>")


def test_the_header_outranks_the_page():
    page = html(FRENCH, "<meta charset=koi8-r>")
    assert decode_html(page.encode(), 'text/html; charset="UTF-8"') == page


@pytest.mark.parametrize(
    "meta",
    [
        "<meta charset=windows-1251>",
        "<META CHARSET='windows-1251' />",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        "<meta content='text/html;charset=cp1251' http-equiv=content-type>",
        f"<!-- {'x' * 3000} --><meta charset=windows-1251>",
        "<!-- <meta charset=utf-8> --><meta charset=windows-1251>",
        '<meta name=description content="charset=koi8-r"><meta charset=windows-1251>',
        "<meta charset=nonsense-9><meta charset=windows-1251>",
    ],
)
def test_a_page_may_name_its_own_encoding(meta):
    assert decode_html(html(RUSSIAN, meta).encode("cp1251")) == html(RUSSIAN, meta)


def test_a_declaration_of_xml_names_the_encoding():
    page = f'<?xml version="1.0" encoding="koi8-r"?><html><p>{RUSSIAN}</p></html>'
    assert decode_html(page.encode("koi8-r")) == page


def test_a_text_that_speaks_of_metas_does_not_name_its_own_encoding():
    text = f"Write <meta charset=koi8-r> into the head. {FRENCH}"
    assert decode_text(text.encode()) == text


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("gb2312", "gb18030", CHINESE),
        ("shift_jis", "cp932", JAPANESE),
        ("x-sjis", "cp932", JAPANESE),
        ("euc-jp", "euc-jp", JAPANESE),
        ("iso-2022-jp", "iso-2022-jp", JAPANESE),
        ("big5", "big5", CHINESE),
        ("iso-8859-1", "cp1252", FRENCH),
        ("utf-16le", "utf-16-le", FRENCH),
    ],
)
def test_a_name_means_what_browsers_take_it_for(label, codec, text):
    assert decode_html(html(text).encode(codec), f"text/html; charset={label}") == html(text)


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp932", "euc-jp", "gb18030", "cp1252"])
def test_the_encoding_of_a_page_that_names_none_is_guessed(codec):
    text = {"cp1251": RUSSIAN, "koi8-r": RUSSIAN, "gb18030": CHINESE, "cp1252": FRENCH}.get(
        codec, JAPANESE
    )
    assert decode_html(html(text).encode(codec)) == html(text)
    assert decode_text(text.encode(codec)) == text


def test_valid_utf_8_is_believed_without_a_name():
    assert decode_html(html(JAPANESE).encode()) == html(JAPANESE)


def test_a_page_in_one_encoding_that_claims_another_is_read_all_the_same():
    page = html(FRENCH, "<meta charset=utf-8>")
    assert decode_html(page.encode("cp1252"), "text/html; charset=utf-8") == page


def test_a_page_that_was_cut_within_a_character_is_still_utf_8():
    assert decode_html(html(FRENCH).encode() + "é".encode()[:1]) == html(FRENCH) + "\ufffd"


def test_an_accent_at_the_end_is_not_taken_for_a_cut_character():
    assert decode_text("Nous étions au café".encode("cp1252")) == "Nous étions au café"
    assert decode_text((ENGLISH + "café").encode("cp1252")) == ENGLISH + "café"


def test_one_bad_byte_does_not_turn_utf_8_into_something_else():
    assert decode_html(html(FRENCH).encode() + b"<p>\xff</p>.").startswith(html(FRENCH))


@pytest.mark.parametrize(
    "name",
    [
        "rot13",
        "base64",
        "undefined",
        "unicode_escape",
        "idna",
        "punycode",
        "utf-7",
        "x-user-defined",
        "replacement",
        "",
        "é",
        "a" * 100000,
        "utf-8\x00",
        "%00",
    ],
)
def test_no_page_can_choose_a_codec_of_python_s_own(name):
    page = html(ENGLISH, f"<meta charset='{name}'>")
    assert decode_html(page.encode()) == page
    assert decode_html(html(ENGLISH).encode(), f"text/html; charset={name}") == html(ENGLISH)


def test_a_page_whose_own_words_can_be_read_is_not_in_utf_16():
    page = html(FRENCH, "<meta charset=utf-16>")
    assert decode_html(page.encode()) == page


def test_nothing_is_decoded_to_nothing():
    assert decode_html(b"") == decode_text(b"") == ""


def test_whatever_the_bytes_there_is_a_text():
    assert decode_html(bytes(range(256)) * 40)


def test_letters_without_end_are_no_part_of_a_guess():
    text = "x" * 200_000 + " Brücke"  # chardet looks at the rest from each of these letters
    assert decode_text(text.encode("cp1252")) == text
