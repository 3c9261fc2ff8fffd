import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Annotation, ArticleRecord, Link, Target
from annotator.model import TextPositionSelector as Position
from annotator.model import TextQuoteSelector as Quote
from annotator.store import Marked
from annotator.usecases.marks.evidence import (
    Backing,
    EvidenceNode,
    build_tree,
    summary,
    walk,
)

RELATIONS = ("supports", "opposes", "same-as", "informs")


def marked(name, *links, url="", byline=()):
    """Return a mark called `name` that is linked, `supports b` for example."""
    made = tuple(Link(*link.split()) for link in links)
    annotation = Annotation(name, f"article {name}", Target(Quote(name), Position(0, 1)))
    record = ArticleRecord(f"article {name}", url or f"https://{name}.example/", "", byline)
    return Marked(record, Annotation(**_fields(annotation) | {"links": made}))


def _fields(annotation):
    return {name: getattr(annotation, name) for name in annotation.__struct_fields__}


def drawn(*marks, root="a", depth=None):
    """Return the tree as lines: level, role, marks, and why nothing follows."""
    return [
        f"{level} {node.role} {'+'.join(each.annotation.id for each in node.places)} {node.end}"
        for level, node in walk(build_tree(marks, root, depth=depth))
    ]


def test_what_supports_and_opposes_is_below_the_claim_to_any_depth():
    lines = drawn(
        marked("a"),
        marked("b", "opposes a"),
        marked("c", "supports a"),
        marked("d", "opposes c", "informs a"),
    )
    assert lines == ["0 claim a ", "1 supports c ", "2 opposes d ", "1 opposes b "]


def test_a_cycle_is_told_and_not_followed():
    lines = drawn(marked("a", "opposes b"), marked("b", "opposes a"))
    assert lines == ["0 claim a ", "1 opposes b ", "2 opposes a cycle"]


def test_a_claim_that_is_in_the_tree_already_is_not_drawn_again():
    lines = drawn(
        marked("a"),
        marked("b", "supports a"),
        marked("c", "supports a"),
        marked("d", "supports b", "supports c"),
        marked("e", "supports d"),
    )
    assert lines[-2:] == ["1 supports c ", "2 supports d above"]


def test_marks_of_the_same_claim_are_one_with_the_evidence_of_each():
    lines = drawn(
        marked("a", "same-as b"),
        marked("b"),
        marked("c", "supports b"),
        marked("d", "same-as c", "supports a"),
    )
    assert lines == ["0 claim a+b ", "1 supports c+d "]


def test_a_claim_that_supports_itself_elsewhere_is_a_cycle():
    lines = drawn(marked("a", "same-as b"), marked("b", "supports a"))
    assert lines == ["0 claim a+b ", "1 supports b+a cycle"]


def test_what_is_below_the_wanted_depth_is_told():
    marks = (marked("a"), marked("b", "supports a"), marked("c", "supports b"))
    assert drawn(*marks, depth=1) == ["0 claim a ", "1 supports b deeper"]
    assert drawn(*marks, depth=2)[-1] == "2 supports c "


def test_a_lost_mark_of_the_same_claim_is_told():
    assert build_tree([marked("a", "same-as gone")], "a").lost == ("gone",)


def test_a_chain_of_links_may_be_longer_than_the_stack():
    chain = [marked("0"), *(marked(str(n), f"supports {n - 1}") for n in range(1, 3_000))]
    assert len(drawn(*chain, root="0")) == 3_000


def test_sites_and_authors_are_counted_on_each_side():
    tree = build_tree(
        [
            marked("a"),
            marked("b", "supports a", url="https://www.one.example/x", byline=("Ann Lee",)),
            marked("c", "supports b", url="https://one.example/y", byline=("Bo", "Cy")),
            marked("d", "supports a", url="https://two.example/", byline=("ann  lee",)),
            marked("e", "supports a", url="https://six.example/"),
            marked("f", "opposes a", byline=("Dee",)),
            marked("g", "opposes b"),
        ],
        "a",
    )
    assert tree.supporting == Backing(sites=3, authors=3, anonymous=1, independent=2)
    assert tree.opposing == Backing(sites=1, authors=1, independent=1)


def test_a_site_that_repeats_its_own_claim_is_no_independent_source():
    tree = build_tree([marked("a"), marked("b", "supports a", url="https://a.example/more")], "a")
    assert (tree.supporting.sites, tree.supporting.independent) == (1, 0)


NAMES = st.sampled_from("abcdefgh")
GRAPHS = st.dictionaries(
    NAMES, st.lists(st.builds("{} {}".format, st.sampled_from(RELATIONS), NAMES), max_size=5)
).map(lambda links: [marked(name, *links.get(name, ())) for name in "abcdefgh"])


@given(GRAPHS)
def test_every_claim_that_leads_to_the_root_is_drawn_open_once(marks):
    nodes = [node for _, node in walk(build_tree(marks, "a"))]
    opened = [frozenset(p.annotation.id for p in n.places) for n in nodes if n.children]
    assert len(opened) == len(set(opened))
    drawn_marks = {place.annotation.id for node in nodes for place in node.places}
    for each in marks:
        for link in each.annotation.links:
            if link.relation in RELATIONS[:3] and link.target in drawn_marks:
                assert each.annotation.id in drawn_marks


@given(GRAPHS)
def test_a_tree_is_no_longer_than_its_links(marks):
    nodes = list(walk(build_tree(marks, "a")))
    links = sum(len(each.annotation.links) for each in marks)
    assert len(nodes) <= links + 1
    ids = {tuple(sorted(p.annotation.id for p in n.places)) for _, n in nodes if n.end == "cycle"}
    open_ids = {tuple(sorted(p.annotation.id for p in n.places)) for _, n in nodes if not n.end}
    assert ids <= open_ids


@given(GRAPHS, st.randoms())
def test_the_tree_does_not_depend_on_the_order_of_its_marks(marks, random):
    shuffled = sorted(marks, key=lambda _: random.random())
    one, other = build_tree(marks, "a"), build_tree(shuffled, "a")
    assert (one.supporting, one.opposing) == (other.supporting, other.opposing)
    assert sum(1 for _ in walk(one)) == sum(1 for _ in walk(other))


@pytest.mark.parametrize(
    ("supporting", "opposing", "sentence"),
    [
        (Backing(), Backing(), "Nothing supports or opposes it yet."),
        (
            Backing(sites=1, authors=1, independent=1),
            Backing(),
            "Supported by 1 site, 1 author.",
        ),
        (
            Backing(sites=2, authors=3, anonymous=1, independent=1),
            Backing(),
            "Supported by 2 sites, 3 authors and 1 article without one (1 independent source).",
        ),
        (
            Backing(sites=1, authors=1, independent=1),
            Backing(sites=1, authors=2, independent=1),
            "Supported by 1 site, 1 author; opposed by 1 site, 2 authors.",
        ),
        (
            Backing(),
            Backing(sites=2, authors=2),
            "Opposed by 2 sites, 2 authors (none independent of the claim).",
        ),
        (
            Backing(sites=1, anonymous=2, independent=1),
            Backing(),
            "Supported by 1 site, 2 articles without an author.",
        ),
    ],
)
def test_what_is_behind_each_side_is_said_in_a_sentence(supporting, opposing, sentence):
    tree = EvidenceNode("claim", supporting=supporting, opposing=opposing)
    assert summary(tree) == sentence


def test_a_node_is_the_mark_that_is_linked_first_and_a_page_is_none():
    tree = build_tree([marked("a", "same-as b"), marked("b")], "a")
    assert tree.marked.annotation.id == "a"
    assert EvidenceNode("supports", address="https://example.org/").marked is None


def test_only_links_between_marks_that_take_part_are_in_the_tree():
    marks = (marked("a"), marked("b", "supports a", "supports elsewhere"))
    assert drawn(*marks) == ["0 claim a ", "1 supports b "]
