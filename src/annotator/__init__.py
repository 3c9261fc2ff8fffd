"""Read the web in a terminal; mark what it claims; keep it for good."""

__version__ = "0.1.0"
