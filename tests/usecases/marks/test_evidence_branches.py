"""The tree of a claim as rows: which branch is before each, and what a folded row hides."""

from annotator.model import Annotation, ArticleRecord, Link, Target
from annotator.model import TextPositionSelector as Position
from annotator.model import TextQuoteSelector as Quote
from annotator.store import Marked
from annotator.usecases.marks.evidence import branches, build_tree


def marked(name, *links):
    made = tuple(Link(*link.split()) for link in links)
    annotation = Annotation(name, name, Target(Quote(name), Position(0, 1)), links=made)
    return Marked(ArticleRecord(name, f"https://{name}.example/", ""), annotation)


TREE = build_tree(
    [
        marked("a", "same-as z"),
        marked("z"),
        marked("b", "supports a"),
        marked("c", "supports b"),
        marked("d", "opposes b"),
        marked("e", "opposes a"),
        marked("f", "supports e", "opposes c"),
    ],
    "a",
)


def drawn(tree, *folded):
    rows = branches(tree, folded)
    return [f"{row.stem}{row.marked.annotation.id}{'=' * bool(row.place)}" for row in rows]


def test_each_row_has_the_branches_that_lead_to_it():
    assert drawn(TREE) == [
        "a",
        "├─z=",
        "├─b",
        "│  ├─c",
        "│  │  └─f",
        "│  └─d",
        "└─e",
        "   └─f",
    ]


def test_what_is_below_a_folded_row_is_left_out_but_for_its_other_places():
    rows = branches(TREE)
    by_name = {row.marked.annotation.id: row for row in rows}
    assert drawn(TREE, by_name["b"].key) == ["a", "├─z=", "├─b", "└─e", "   └─f"]
    folded = {row.marked.annotation.id: row for row in branches(TREE, {by_name["b"].key})}
    assert folded["b"].is_folded
    assert not folded["b"].has_below
    assert by_name["b"].has_below


def test_the_second_line_of_a_row_goes_on_with_its_branches():
    rows = branches(TREE)
    below = [f"{row.below}" for row in rows]
    assert below == ["│", "│   ", "│  │", "│  │  │", "│  │      ", "│      ", "   │", "       "]


def test_a_row_says_what_it_is_below_of():
    rows = branches(TREE)
    assert [row.above.marked.annotation.id if row.above else "" for row in rows] == [
        *("", "a", "a", "b", "c", "b", "a", "e"),
    ]
    keys = {row.key for row in rows}
    assert len(keys) == len(rows)
    assert {row.above_key for row in rows[1:]} <= keys


def test_nothing_is_below_a_claim_that_is_shown_above():
    circle = build_tree([marked("a", "opposes b"), marked("b", "opposes a")], "a")
    assert drawn(circle) == ["a", "└─b", "   └─a"]
    assert not branches(circle)[-1].has_below


def test_the_branches_of_a_long_chain_are_cut_at_their_beginning():
    chain = [marked("0"), *(marked(str(n), f"supports {n - 1}") for n in range(1, 60))]
    assert max(len(row.stem) for row in branches(build_tree(chain, "0"))) < 100
