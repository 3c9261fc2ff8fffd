"""The text of an article as a widget: reading, moving, selecting and marking."""
