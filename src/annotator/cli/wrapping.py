"""Text in lines that a terminal can show whole."""


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells; its own lines if that is 0."""
    if not width:
        return text.split("\n")
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, width)]


def _lines(paragraph: str, width: int) -> list[str]:
    from annotator.reading.layout.text_width import cell_width, measure_text

    runs = measure_text(paragraph, cell_width).wrap((0, len(paragraph)), width)
    return [paragraph[start:end] for start, end in runs]
