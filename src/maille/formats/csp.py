"""Write the Content-Security-Policy of a page: what it may load, and from where."""

from __future__ import annotations

from collections.abc import Mapping

# `data:` is for Leaflet's empty pixel. Everything else comes from the site itself; plug-ins are
# refused.
BASE: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "object-src": ("'none'",),
    "base-uri": ("'self'",),
    "form-action": ("'self'",),
}


def format_policy(extra: Mapping[str, tuple[str, ...]]) -> str:
    """Return the policy (CSP level 3) of a page that also needs `extra` (directive → sources)."""
    directives = {**BASE, **{name: BASE.get(name, ("'self'",)) for name in extra}}
    return "; ".join(
        f"{name} {' '.join((*sources, *extra.get(name, ())))}"
        for name, sources in directives.items()
    )
