"""How complete an article is, and where the rest of it can be found."""
