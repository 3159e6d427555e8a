"""Hand-ins: what platforms give out, read into one kind of record whatever form it has."""
