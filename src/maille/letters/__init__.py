"""One letter on its way out: its draft, its proofreading, its mail, its PDF, its seal."""
