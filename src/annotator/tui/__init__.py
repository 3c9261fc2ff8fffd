"""The screens: they draw, ask, and call use cases. Nothing below this package knows them."""
