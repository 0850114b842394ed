"""Which mail clients support what (data of caniemail.com), and how our mail degrades."""
