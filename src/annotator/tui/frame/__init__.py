"""The frame of screens that list something, and what leads from one screen to another."""
