"""Dialogs: screens above a screen, each of which returns an answer or nothing."""
