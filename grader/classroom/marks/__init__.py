"""The marks of a class: the database, what is read of it, and what comes of it."""
