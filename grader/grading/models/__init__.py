"""Whole models on the learner's own functions, weights beside the script that trained them."""
