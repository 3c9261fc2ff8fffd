"""Images: drawn in half blocks, or as pixels where the terminal can."""
