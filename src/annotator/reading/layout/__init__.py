"""An article laid out on lines of a given width."""
