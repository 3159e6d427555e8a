"""Many learners: the machines of others that grade for a class."""
