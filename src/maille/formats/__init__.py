"""Write Atom, JSON Feed, iCalendar, mail, text, QR codes and CSP: plain data in, bytes out."""
