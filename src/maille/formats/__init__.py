"""Write feeds, calendars, mail, plain text, CSV, JSON, QR codes and CSP from plain data alone."""
