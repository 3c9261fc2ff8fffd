"""Books in EPUB: the package, its chapters as one page, and the article made of it."""
