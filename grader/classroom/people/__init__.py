"""People: the roster in whatever form it comes, and whose a hand-in is."""
