"""Measure whether following the advice of an error message to the letter corrects the mistake."""
