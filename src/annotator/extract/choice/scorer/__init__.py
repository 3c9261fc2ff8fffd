"""A learned judge of which passages belong to the article, on top of the rules.

The rules in `choice.rules` choose passages first. Then each passage near the
choice is described by 118 numbers (`features`): its own text (length, share of
links, sentences, words such as "subscribe"), its place in the page (tags and
class names around it, the share of prose in its section), passages of the same kind
elsewhere on the page, and the choice of the rules.
Boosted trees turn the numbers into a probability. `decisions` smooths
the probabilities over lists, headings and decks, and turns them into verdicts.

For example, the line "Ten mills that you must see", linked, between paragraphs of
an article has a probability of 0.38 as the only item of a list, and of 0.08 in a
container with the class `related`. "By then it was too late.", which is as short
but is a sentence without links, has 0.96.

That such shallow features of a block and its neighbours suffice was shown by
Kohlschütter et al., "Boilerplate detection using shallow text features" (WSDM
2010). `docs/how/scorer.md` says what the trees were learned from and how well they do.
"""
