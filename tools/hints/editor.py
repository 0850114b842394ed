"""An editor who follows hints: what she knows, and where she types (see `tools.hints.apply`)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from maille.problems import Problem
from tools.hints.advice import QUOTED, list_choices, read_literal
from tools.hints.corpus import Files

PAIR = re.compile(r"[\w -]+: |[\w.]+ = ")
LINK = re.compile(
    r"!?\[\[[^\]]*\]\]|!?\[[^\]]*\] ?\([^)]*\)\)?|\[[^\]]*\]\[[^\]]*\]|\([^)]*\)\[[^\]]*\]|"
    r"\[[^\]]*\]\{[^}]*\}|<(\w+)\b[^>]*>.*?</\1>"
)


class CannotFollowError(Exception):
    """A hint that cannot be followed."""


@dataclass
class Task:
    """A problem, the files as they are, and what the editor knows."""

    problem: Problem
    files: Files
    known: Mapping[str, str]
    advice: str
    lines: list[str] = field(default_factory=list)

    @property
    def index(self) -> int:
        """The index of the line of the problem."""
        return max(self.problem.line, 1) - 1

    @property
    def line(self) -> str:
        """The line of the problem; "" when there is none."""
        return self.lines[self.index] if self.index < len(self.lines) else ""

    @property
    def at(self) -> int:
        """The index, in the line, of the character that the problem points at."""
        return max(self.problem.column, 1) - 1

    @property
    def indent(self) -> str:
        """The spaces before the keys of the line (a dash counts as a space)."""
        found = re.match(r"[ \t]*(?:- +)?", self.line)
        return " " * len(found[0]) if found else ""

    def in_toml(self) -> bool:
        """Return whether the file is a TOML file of settings."""
        return self.problem.path.endswith(".toml")

    def in_header(self) -> bool:
        """Return whether the line is in front matter."""
        if not self.problem.path.endswith(".md"):
            return True
        ends = [number for number, line in enumerate(self.lines) if line.strip() == "---"]
        return not ends or self.index <= (ends[1] if len(ends) > 1 else len(self.lines))

    def write(self, *lines: str) -> Files:
        """Return the file with these lines in place of the line of the problem."""
        return self.write_all([*self.lines[: self.index], *lines, *self.lines[self.index + 1 :]])

    def write_all(self, lines: list[str]) -> Files:
        """Return the file with these lines."""
        return {self.problem.path: "\n".join(lines).encode()}

    def put(self, start: int, stop: int, text: str) -> Files:
        """Return the file with a text in place of a part of the line."""
        return self.write(self.line[:start] + text + self.line[stop:])

    def recall(self, *names: str) -> str | None:
        """Return the fact that the editor knows under one of these names, or the only one."""
        key = re.sub(r"\[\d+\]", "", self.problem.key).rpartition(".")[2]
        for name in (*names, key):
            if name in self.known:
                return self.known[name]
        return next(iter(self.known.values())) if len(self.known) == 1 else None

    def fill(self, text: str, before: str = "") -> str:
        """Return a text with each « … » filled in, unless the line itself has that character."""
        if "…" in self.line and re.sub(r"[^\w…]", "", text) in re.sub(r"[^\w…]", "", self.line):
            return text

        def answer(found: re.Match[str]) -> str:
            name = found[1]
            value = self.known.get(name) if name else None
            if value is None and (not name or len(self.known) < 2):
                value = self.recall() or before
            if not value:
                raise CannotFollowError(text)
            return found[0].replace("…", value)

        return re.sub(r"(?:(\w+)(?:: | = )\[?\"?)?…", answer, text)


def choose_text(task: Task, words: str) -> str | None:
    """Return what to type: a choice, a literal, or a fact where there is only a sample."""
    if among := re.match(r"(.*…\"?\]?) parmi (« .*)", words):
        return among[1].replace("…", pick_choice(task, list_choices(among[2])))
    choices = list_choices(words)
    if len(choices) > 1:
        return pick_choice(task, choices)
    if re.match(r"par exemple\b|comme\b", words):
        return task.recall()
    if both := re.match(r"(\w+: \S+) et (\w+: \S+)", words):
        return "\n".join(both.groups())
    if " : " in words and not words.startswith("« ") and read_literal(words) is None:
        return read_literal(words.partition(" : ")[2])
    literal = read_literal(words)
    if literal is None:
        return task.recall()
    if found := re.match(r"^(oui) ou (non)$", words):
        return pick_choice(task, [found[1], found[2]])
    return literal


def pick_choice(task: Task, choices: list[str]) -> str:
    """Return the choice that the editor knows to be true, or the first."""
    for choice in choices:
        name = choice.partition(":")[0]
        if choice in task.known.values() or (choice.endswith("…") and name in task.known):
            return choice
    return choices[0]


def find_quoted(task: Task) -> tuple[int, int] | None:
    """Return the span of the words that the message quotes, if they are where it points."""
    said = task.problem.message
    bare = said.split(" n'est pas")[0] if " n'est pas" in said else ""
    named = QUOTED.findall(said)
    if named and task.line.count(named[0], task.at) == 1 and len(named[0]) > 1:
        start = task.line.index(named[0], task.at)
        return start, start + len(named[0])
    for words in (*named, bare):
        starts = [task.at, task.at + 1]
        if task.line.count(words) == 1 and (
            task.in_toml() or task.line[task.at :][:1] in {"#", "*"}
        ):
            starts = [task.line.index(words)]
        for start in starts:
            if words and task.line.startswith(words, start):
                return start, start + len(words)
    return None


def find_value(task: Task) -> tuple[int, int]:
    """Return the span of the value that the problem points at, within its quotes."""
    line, start = task.line, task.at
    if task.in_toml():
        start = line.index("= ") + 2 if "= " in line else 0
        return start, len(line)
    if not task.in_header():
        stop = line.find(")", start)
        return start, stop if stop > 0 else len(line.rstrip())
    if found := re.match(r"[\w -]+: +", line[start:]):
        start += found.end()
    return start, start + len(cut_value(line[start:]))


def find_likeness(task: Task, text: str) -> tuple[int, int]:
    """Return the span, from where the problem points, of the words that look most like a text."""
    stops = [found.end() for found in re.finditer(r"\w+|\S", task.line) if found.end() > task.at]
    matcher = difflib.SequenceMatcher(None, b=text, autojunk=False)

    def measure_likeness(stop: int) -> float:
        matcher.set_seq1(task.line[task.at : stop])
        return matcher.ratio()

    return task.at, max(stops, key=measure_likeness, default=len(task.line))


def cut_value(rest: str) -> str:
    """Return the value that these words begin with: to the end of the line, or within braces."""
    if rest[:1] in {'"', "'"} and (found := re.match(r"\"[^\"]*\"|'(?:[^']|'')*'", rest)):
        return found[0]
    if rest[:1] in {"[", "{"} and (stop := find_closing(rest)):
        return rest[:stop]
    found = re.match(r".*?(?=, [\w -]+: |[}\]]+,?$|[}\]], |$)", rest)
    return (found[0] if found else rest).rstrip()


def find_closing(text: str) -> int:
    """Return the index after the bracket that closes the first one of a text, or 0."""
    depth = 0
    for spot, sign in enumerate(text):
        depth += (sign in "[{") - (sign in "]}")
        if not depth:
            return spot + 1
    return 0


def type_text(task: Task, text: str) -> Files:
    """Type a text in place of the words that the problem is about, one line at a time."""
    first, _, second = text.partition("\n")
    if second:
        task.lines = (type_text(task, first)[task.problem.path] or b"").decode().split("\n")
        return type_text(task, second)
    if task.in_toml():
        return _type_in_toml(task, text)
    start, stop = find_quoted(task) or find_value(task)
    if not task.in_header() and not find_quoted(task) and task.line[task.at - 1 : task.at] != "(":
        start, stop = find_likeness(task, text)
    text = task.fill(text, task.line[start:stop].strip("\"'"))
    if re.match(r"- |---$", text) and not re.match(r"[^-•–*➤]*: ", task.line[: task.at]):
        return _type_item(task, text)
    if re.match(r"#+ |\\#", text):
        return _type_heading(task, text)
    if re.match(r"!?\[.*\]\(|<!--", text) and not task.in_header():
        return _type_link(task, text)
    if PAIR.match(text) and task.in_header():
        return _type_pair(task, text)
    return task.put(start, stop, text)


def _type_in_toml(task: Task, text: str) -> Files:
    key, _, value = task.line.partition(" = ")
    text = task.fill(text, value.strip('"'))
    if re.match(r"[\w.]+ = |\[", text):
        return task.write(text)
    if not text.isdigit() and (spot := find_quoted(task)):
        return task.put(*spot, text)
    quoted = text if re.fullmatch(r"\d+|\".*\"|\[.*\]", text) else f'"{text}"'
    return task.write(f"{key} = {quoted}")


def _type_item(task: Task, text: str) -> Files:
    if text == "---":
        return task.write(text)
    indent = task.line[: len(task.line) - len(task.line.lstrip())]
    if "espaces ordinaires" in task.advice:
        indent = " " * len(indent)
    return task.write(indent + text)


def _type_heading(task: Task, text: str) -> Files:
    below = task.lines[task.index + 1 : task.index + 2]
    changed = [*task.lines]
    underlined = bool(below and re.fullmatch(r"=+|-+", below[0]) and not task.line.startswith("#"))
    changed[task.index : task.index + 1 + underlined] = [text]
    return task.write_all(changed)


def _type_link(task: Task, text: str) -> Files:
    for found in LINK.finditer(task.line):
        if found.start() <= task.at < found.end() and not text.startswith("<!--"):
            return task.put(found.start(), found.end(), text)
    spot = find_quoted(task)
    if spot is None and text.startswith("<!--"):
        spot = (task.at, len(task.line))
    if spot is None:
        stop = re.search(r"\s|$", task.line[task.at :])
        assert stop  # the end of a line is a match
        spot = (task.at, task.at + stop.start())
    return task.put(*spot, text)


def _type_pair(task: Task, text: str) -> Files:
    key, _, value = text.partition(": ")
    line = task.line
    if not re.search(rf"(?<![\w-]){re.escape(key)}\b", line):
        own = [number for number, one in enumerate(task.lines) if one.startswith(f"{key}:")]
        if own:
            return task.write_all([*task.lines[: own[0]], text, *task.lines[own[0] + 1 :]])
    starts = [one.start() for one in re.finditer(rf"(?<![\w-]){re.escape(key)}\b", line)]
    near = [start for start in starts if start <= task.at] or starts
    before = re.match(r"\s*(?:[-•–*] ?)?\{?", line)
    start = near[-1] if near else before.end() if before else 0
    if not line[task.at : start].strip():
        start = min(start, task.at)
    meant = value.strip("\"'").replace("''", "'")
    inside = line.count("{", 0, start) > line.count("}", 0, start)
    if inside and meant in line[start:]:
        stop = line.index(meant, start) + len(meant)
    elif inside:
        rest = re.match(r"[\w -]+: ?", line[start:])
        skip = rest.end() if rest else 0
        stop = start + skip + len(cut_value(line[start + skip :]))
    else:
        stop = len(line)
    return task.put(start, stop, text)
