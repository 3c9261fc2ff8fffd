"""Sending marks to services, by command alone, and what is changed there back."""
