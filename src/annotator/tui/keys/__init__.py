"""Keys: what they do, which group they belong to, and how a reader has set them."""
