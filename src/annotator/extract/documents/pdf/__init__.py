"""PDFs: from bytes to printed lines (`pdfium`), and from lines to the blocks of an article."""
