"""The end of cleaning: words joined again, quotations and headings read, the article assembled."""
