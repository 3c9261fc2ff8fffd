"""Poems and songs: verse stays beside its notes."""

import pytest

from annotator.extract import extract

REFRAIN = "Oh, roll, you river, roll away,\nand leave the mill to me."
STANZAS = [
    "The river rose at half past four,\nit rose without a sound,\nit took the mat before the door",
    REFRAIN,
    "The miller’s wife sat on the stair\nand combed the wet from out her hair,",
    REFRAIN,
    "By morning it was gone again,\nthe lamp stood on the floor.",
]
NOTE = (
    "The song was sung in the valley until the middle of the last century, at the feast of the "
    "mills, and was written down by the teacher of Marl in 1911."
)


def lines(stanza: str) -> str:
    return "".join(f"<div class=l>{line}</div>" for line in stanza.split("\n"))


STYLES = {
    "stanzas": lambda stanza: f"<p>{stanza.replace(chr(10), '<br>')}</p>",
    "lines": lambda stanza: f"<div class=s>{lines(stanza)}</div>",
}


@pytest.mark.parametrize("style", STYLES)
def test_a_song_stays_with_its_refrain_and_its_notes(page, style):
    song = "".join(map(STYLES[style], STANZAS))
    main = f"<h1>The river rose</h1><div class=song>{song}</div><h2>Notes</h2><p>{NOTE}</p>"
    extraction = extract(page(main, url="https://herald.example/songs/the-river-rose"))
    text = extraction.article.text
    assert text.count("Oh, roll, you river, roll away,") == 2
    assert "By morning it was gone again," in text
    assert NOTE in text
    assert extraction.completeness.evidence == ("Read as a poem or a song.",)


def test_an_address_in_lines_is_no_verse(page, prose):
    place = "<p>The Herald<br>4 Mill Lane<br>Marl</p>" * 4
    main = f"<h1>How to find us</h1>{place}{''.join(f'<p>{text}</p>' for text in prose)}"
    assert not extract(page(main)).completeness.evidence


def test_a_list_of_songs_that_are_links_is_no_song(page):
    titles = [line for stanza in STANZAS for line in stanza.split("\n")]
    links = "".join(f"<p><a href=/songs/{at}>{title}</a></p>" for at, title in enumerate(titles))
    main = f"<h1>Songs of the valley</h1><div class=songs>{links}</div><p>{NOTE}</p>"
    evidence = extract(page(main, url="https://herald.example/songs/")).completeness.evidence
    assert "Read as a poem or a song." not in evidence
