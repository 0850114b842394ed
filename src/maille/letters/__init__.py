"""One letter on its way out: draft, proofreading, mail, PDF, seal."""
