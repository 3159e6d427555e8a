"""YAML becomes a quiz, or a list of everything that is wrong with it."""
