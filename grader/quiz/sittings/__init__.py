"""Which questions are asked, what is remembered of the answers, and when they are due again."""
