"""Reading an article: the screen, its side panel, and the actions of its keys."""
