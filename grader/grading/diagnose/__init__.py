"""Why an answer is wrong: which known mistake, or what else, explains what was seen."""
