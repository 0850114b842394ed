"""Compare the content of files: quotes, the order of keys and blank lines make no difference."""

from __future__ import annotations

import tomllib
from pathlib import PurePosixPath
from typing import Any

import yaml

Simple = Any


class _Loader(yaml.BaseLoader):
    """Read every value as a text, and refuse a key that is there twice."""


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    pairs = [
        (loader.construct_object(key), loader.construct_object(value, deep=True))
        for key, value in node.value
    ]
    keys = [str(key) for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise yaml.YAMLError("the same key twice")
    return dict(zip(keys, (value for _, value in pairs), strict=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def simplify(path: str, data: bytes | None) -> Simple:
    """Return the content of a file, equal for two files that differ only in how they are typed."""
    if data is None:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return data
    suffix = PurePosixPath(path).suffix
    try:
        if suffix == ".md":
            return _simplify_text(text)
        if suffix in {".yaml", ".yml"}:
            return _drop_blanks(load_yaml(text))
        if suffix == ".toml":
            return tomllib.loads(text)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError):
        pass
    return squeeze(text)


def load_yaml(text: str) -> Any:
    """Read YAML with texts for values; raise YAMLError when it cannot be read."""
    return yaml.load(text, _Loader)


def split_front_matter(text: str) -> tuple[str, str] | None:
    """Return the front matter and the body of a text, or None when there is no front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    return None


def _simplify_text(text: str) -> Simple:
    parts = split_front_matter(text)
    if parts is None:
        return squeeze(text)
    return _drop_blanks(load_yaml(parts[0])), squeeze(parts[1])


def _drop_blanks(value: Any) -> Any:
    """Return a value without blank parts, which count as absent."""
    if isinstance(value, dict):
        kept = {key: _drop_blanks(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in ("", None, [], {})}
    if isinstance(value, list):
        return [_drop_blanks(one) for one in value]
    return value


def squeeze(text: str) -> str:
    """Return a text without its trailing spaces, and with one blank line where there are more."""
    lines: list[str] = []
    for line in text.split("\n"):
        kept = line.rstrip(" \t\r")
        if kept or (lines and lines[-1]):
            lines.append(kept)
    return "\n".join(lines).strip("\n")
