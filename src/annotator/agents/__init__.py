"""What programs that act for the user, such as language models, may ask of the library.

They read and nothing else: `answers` has a tool for each question, `protocol` the messages
of the Model Context Protocol around them, and `fences` keeps the text of pages, which strangers
wrote, apart from everything else in an answer.
"""
