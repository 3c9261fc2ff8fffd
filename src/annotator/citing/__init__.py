"""Citing: which sentences of a draft an article says, how exactly, and what it says instead.

Values in, values out: which articles are looked at is for the caller to choose.

    draft        a draft as sentences, with the quotations and references in them
    source_text  the text of an article as words and sentences, to be searched
    quoting      a quotation in the text of an article, word for word or reworded
    restating    a sentence that says what an article says, with other words or numbers
    checking     the verdict on a sentence
"""
