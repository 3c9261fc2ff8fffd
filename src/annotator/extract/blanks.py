"""Long runs of blanks, which patterns of other libraries take the square of their length for."""

from annotator.extract.patterns import later


class LongRuns:
    """Runs of at least so many blanks; `blanks` are their characters, all white space without."""

    def __init__(self, least: int, blanks: str | None = None) -> None:
        one = rf"[{blanks}]" if blanks else r"\s"
        self._least = least
        self._blanks = blanks
        self._blank = later(one)
        self._run = later(rf"{one}{{{least},}}")

    def replaced(self, text: str, by: str) -> str:
        """Return a text with each run replaced.

        A run is long enough to hold one of every `least` characters: the others need no look.
        """
        least, parts, end = self._least, list[str](), 0
        for sample in self._blank.finditer(text[least - 1 :: least]):
            at = sample.start() * least + least - 1
            before = text[max(end, at - least + 1) : at]
            start = at - len(before) + len(before.rstrip(self._blanks))
            if at >= end and (run := self._run.match(text, start)):
                parts += text[end:start], by
                end = run.end()
        return "".join([*parts, text[end:]]) if parts else text
