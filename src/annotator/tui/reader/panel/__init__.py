"""The side panel of the reader: its place, its lists, and the rows in them."""
