"""Quizzes in the formats of other programs: GIFT for Moodle, notes for Anki, QTI for Canvas."""
