"""Records become text, JSON and tables. Nothing here decides, reads or writes anything."""
