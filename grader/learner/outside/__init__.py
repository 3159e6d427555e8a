"""The trusted side of the border: who starts a learner's process, feeds it, and ends it."""
