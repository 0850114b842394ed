"""Atom, JSON Feed, iCalendar, mail, plain text, CSP: plain data in, bytes out."""
