"""The face for other programs on this computer: HTTP on the loopback address, by routes."""
