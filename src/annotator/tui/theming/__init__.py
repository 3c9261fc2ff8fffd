"""Themes and stylesheets."""
