"""Measure whether the advice of an error message, followed to the letter, mends the mistake."""
