"""The parts of the article view that need no terminal: viewport, selection and navigator."""

from textual.geometry import Offset, Size

from annotator.tui.reader.article.navigator import Navigator
from annotator.tui.reader.article.scene import PaintedMark
from annotator.tui.reader.article.selection import Selection
from annotator.tui.reader.article.viewport import Viewport
from builders import find_span, make_article

TEXT = "The first sentence. The second one.\n\n" + "\n\n".join(
    f"Paragraph {n} has words." for n in range(60)
)
ARTICLE = make_article(TEXT, title="A title")


class Window:
    """A window of 80 by 20 cells, which tells its viewport when it was scrolled."""

    size = Size(80, 20)

    def __init__(self) -> None:
        self.scroll_offset = Offset(0, 0)
        self.height = 0
        self.redrawn: list[object] = []
        self.viewport = Viewport(self, 72, lambda *_: {}, self.redrawn.append)

    @property
    def max_scroll_y(self) -> int:
        return max(0, self.height - self.size.height)

    def set_height(self, lines: int) -> None:
        self.height = lines

    def scroll_to_line(self, line: int) -> None:
        line = max(0, min(line, self.max_scroll_y))
        if line != self.scroll_offset.y:
            self.scroll_offset = Offset(0, line)
            self.viewport.after_scroll()


class Parts:
    """A viewport, a selection and a navigator, with the changes that they reported."""

    def __init__(self) -> None:
        self.window = Window()
        self.changes = 0
        self.viewport = self.window.viewport
        self.selection = Selection(self.viewport, self.change)
        self.navigator = Navigator(self.viewport, self.selection, self.change)
        self.selection.open(ARTICLE, 0)
        self.viewport.open(ARTICLE, 0, ())

    def change(self) -> None:
        self.changes += 1

    @property
    def words(self) -> str:
        passage = self.selection.passage
        return passage.of(ARTICLE.text) if passage else ""


def mark(words: str, identity: str) -> PaintedMark:
    return PaintedMark(identity, find_span(ARTICLE.text, words), "#e5b83a", "◆")


def test_a_new_article_is_drawn_in_full():
    assert Parts().window.redrawn == [None]


def test_a_place_is_revealed_with_some_lines_around_it():
    parts = Parts()
    span = find_span(ARTICLE.text, "Paragraph 50 has words.")
    parts.viewport.reveal(span)
    region = parts.viewport.region(span)
    assert region is not None
    assert region.height == 1
    assert 2 <= region.y < 18


def test_a_passage_that_is_not_on_the_screen_has_no_region():
    assert Parts().viewport.region(find_span(ARTICLE.text, "Paragraph 50")) is None


def test_a_letter_is_found_again_by_its_cell():
    parts = Parts()
    offset = ARTICLE.text.index("second")
    place = parts.viewport.layout.place(offset)
    cell = (parts.viewport.left + place.column, place.line)
    assert parts.viewport.place_at(*cell) == place
    assert parts.viewport.is_letter_at(offset, *cell)
    assert not parts.viewport.is_letter_at(offset, cell[0] + 1, cell[1])


def test_entering_a_mode_and_moving_reports_each_change():
    parts = Parts()
    parts.selection.enter("sentence")
    assert parts.words == "The first sentence."
    before = parts.changes
    parts.selection.step("sentence", 1)
    assert parts.words == "The second one."
    assert parts.changes == before + 1


def test_the_mark_around_a_selection_does_not_enclose_it_as_it_does_a_bare_caret():
    parts = Parts()
    parts.selection.show_marks([mark("The first sentence.", "m1")], None)
    parts.selection.enter("caret")
    assert parts.selection.enclosing_mark is not None
    parts.selection.move(parts.selection.cursor.selecting("character"))
    assert parts.selection.current_mark is not None
    assert parts.selection.enclosing_mark is None


def test_the_navigator_goes_to_marks_and_back():
    parts = Parts()
    parts.selection.show_marks([mark("Paragraph 50", "far"), mark("second", "near")], None)
    seen = []
    for _ in range(2):
        parts.navigator.step_mark(1)
        seen.append(parts.selection.current_mark.id if parts.selection.current_mark else None)
    assert seen == ["near", "far"]
    assert parts.viewport.top > 0
    parts.navigator.go_back(-1)
    parts.navigator.go_back(-1)
    assert parts.viewport.top == 0


def test_the_navigator_goes_around_the_end_of_the_matches():
    parts = Parts()
    matches = [find_span(ARTICLE.text, f"Paragraph {n} ") for n in (5, 50)]
    parts.navigator.show_matches(matches)
    gone_to = []
    for _ in range(3):
        parts.navigator.step_match(1)
        gone_to.append(parts.navigator.match)
    assert gone_to == [*matches, matches[0]]
