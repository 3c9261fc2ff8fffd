"""Find what a page leaves around its article: prompts, menus, credits, walls, comments."""
