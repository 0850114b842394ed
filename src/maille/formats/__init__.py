"""Write Atom, JSON Feed, iCalendar, mail, plain text and CSP: plain data in, bytes out."""
