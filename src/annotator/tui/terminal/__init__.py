"""The terminal: its driver, what it can do, what is kept from it, and programs beside it."""
