"""Widgets that several screens use. They are given values, and report by messages."""
