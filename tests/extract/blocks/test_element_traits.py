"""Traits of elements that follow from their classes."""

import pytest
from lxml import etree

from annotator.extract.blocks.element_traits import traits_of


def traits(attributes, tag="div"):
    return traits_of(etree.fromstring(f"<{tag} {attributes}/>"), tag)


@pytest.mark.parametrize(
    "classes",
    [
        "katex-html",
        "MathJax_Preview",
        "mjx-chtml",
        "poem",
        "wp-verse",
        "stanza",
        "song-lyrics",
        "sidenote",
        "margin-note",
        "has-drop-cap",
        "dropcap",
        "initial",
        "lettrine",
        "wp-caption",
        "articleImage",
        "media",
    ],
)
def test_a_class_may_make_an_element_special(classes):
    assert not traits(f'class="{classes}"').is_plain
    assert not traits(f'class="{classes}" id="a"').is_plain


@pytest.mark.parametrize("attributes", ["", 'class="entry-content"', 'id="a"', 'href="/poem"'])
def test_most_elements_are_plain(attributes):
    assert traits(attributes).is_plain
    assert traits(attributes).hidden is None


def test_names_come_from_all_naming_attributes():
    assert traits('data-x="1" class="postBody"').names == "post-body"
    assert traits('id="main" class="postBody"').names == "post-body main"
    assert traits('href="/"').names == ""


@pytest.mark.parametrize(
    "attributes", ["hidden=''", 'style="display: none"', 'class="sr-only"', 'class="a is-hidden"']
)
def test_a_hidden_element_has_a_reason(attributes):
    assert traits(attributes).hidden is not None


def test_blurred_letters_behind_a_wall_are_hidden_and_a_text_that_fades_in_is_not():
    assert traits('aria-hidden="true" style="filter:blur(6px)"').hidden is not None
    assert traits('style="opacity:0;filter:blur(10px)"').hidden is None
    assert traits('aria-hidden="true" style="backdrop-filter:blur(6px)"').hidden is None


def test_a_field_with_a_hidden_label_is_shown():
    assert traits('class="field field--name-body field--label-visually_hidden"').hidden is None
    assert traits('class="field__label visually-hidden"').hidden is not None
