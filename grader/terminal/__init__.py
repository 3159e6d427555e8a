"""What a person meets in a terminal: commands, the watch, the quiz, single keys, pytest."""
