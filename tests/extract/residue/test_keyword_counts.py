"""Counts of keywords: only languages without a keyword in the line are left out."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.extract.residue.keyword_counts import LATIN, counts, lexicon

TERMS = sorted({term for language in LATIN for term in lexicon(language).terms})
STEMS = sorted({stem for language in LATIN for stem in lexicon(language).stems})
LINES = st.lists(
    st.one_of(st.sampled_from(TERMS), st.sampled_from(STEMS).map("{}xy".format), st.just("Yzzyx")),
    min_size=1,
    max_size=8,
).map(" ".join)


@given(LINES)
def test_no_language_with_a_keyword_is_left_out(line):
    every = [count for count in counts(line) if count.topics]
    assert [count for count in counts(line, with_topics=True) if count.topics] == every


def test_languages_without_a_keyword_are_left_out():
    assert not list(counts("Yzzyx yzzyx", with_topics=True))
