"""Makes a library of any size, to measure what a large one takes: `make_library FOLDER [ARTICLES]`.

There are 100,000 articles if none are asked for, of 600 words and with two marks each; ten
minutes, and two gigabytes. It has no index yet. To open it as a user's own, who has no other:

    python benchmarks make_library /var/tmp/large
    HOME=/var/tmp/large/home annotator --library /var/tmp/large/data doctor
"""

import sys
from datetime import timedelta
from pathlib import Path

from annotator.model import Extraction, Page
from annotator.store import Library
from bench_library import NOW, make_article, make_mark, settle, unsynced

ARTICLES = 100_000
MARKS = 2


def main() -> None:
    """Make the library in the folder that is named, which goes on where it was stopped."""
    folder = Path(sys.argv[1])
    size = int(sys.argv[2]) if sys.argv[2:] else ARTICLES
    with Library.open(folder / "data", state=folder / "state") as library, unsynced():
        for number in range(size):
            article = make_article(number)
            if library.article(article.id).fingerprint is None:
                now = NOW + timedelta(minutes=number)
                library.store(Extraction(article), Page(article.url, "<p>"), now=now)
                library.put([make_mark(article, at) for at in range(MARKS)])
            if not number % 1000:
                print(f"\r{number:,} of {size:,} articles", end="", flush=True)
    settle(folder / "data")
    print(f"\r{size:,} articles in {folder / 'data'}")


if __name__ == "__main__":
    main()
