"""The families of residue, one module each, in the order in which they are asked."""

from annotator.extract.steps import (
    ads,
    author,
    comments,
    cookie,
    footer,
    meter,
    navigation,
    newsletter,
    picture_credits,
    related,
    share,
    sign_in,
    subscribe,
)

FAMILIES = (
    meter.FAMILY,
    sign_in.FAMILY,
    ads.FAMILY,
    cookie.FAMILY,
    newsletter.FAMILY,
    subscribe.FAMILY,
    share.FAMILY,
    comments.FAMILY,
    related.FAMILY,
    author.FAMILY,
    picture_credits.FAMILY,
    footer.FAMILY,
    navigation.FAMILY,
)
