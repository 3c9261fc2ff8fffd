"""The films of the docs: the program, driven by its keys, as moving pictures in SVG."""
