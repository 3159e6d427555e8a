"""Whether a quiz is sound: its keys, its wording, what it covers."""
