"""What mail clients support (data from caniemail.com), and how our mail degrades without it."""
