r"""Follow the hint of a problem to the letter, as an editor would who knows nothing else.

What a hint may say
===================

A hint is one advice, or several with « ; » between them. The first one is followed; the others are
for another case. An advice begins with what to do, in the imperative. These may stand before it and
are taken as true: a condition (« si …, »), a purpose (« pour …, »), a remark that ends with
« : » (« une adresse n'a pas d'espace : écrivez … »). Of « A, ou B » only A is done.

What to type
------------
What to type is read letter by letter. It stands between « and », or after words that say what it is
and « : » (« mettez toute la valeur entre guillemets : nom: "A : b" »), or right after the verb when
it has one of these shapes: a number, a date, an address, a mail address, `key: value`,
`key = value`, a list item (`- …`), a group (`{…}`), a list (`[…]`), a heading (`## …`), a link, an
image, a note (`<!-- … -->`), a quotation mark and what it holds, a row of a table (`| … |`), or
words that do not begin with an article (« écrivez samedi 14 novembre 2026 »).

- « … » is what the editor fills in: the fact that she knows, else the value that was there;
  a « … » of the line itself is a part of its text.
- « A », « B » ou « C », key: A ou key: B, A (its gloss) ou B (its gloss), … parmi « A » ou « B »:
  she picks the one that she knows to be true, else the first one.
- « par exemple X », « comme X » is a sample, never typed. Nor are words that say what is meant
  (« écrivez le nom d'un autre fichier »). She writes the fact that she knows; when she knows none,
  the hint cannot be followed. A sample that is not announced as one (« écrivez l'année et le mois :
  2024-05 ») is typed as it is.

Where to type it
----------------
In the place of what the problem is about. What is to be typed tells how far that goes:

- `key: value`, `key = value`: the whole of that key and its value, on its own line if it has one;
  two with « et » between them are typed both;
- `- …`, `## …`, `\#…`, `---`: the whole line;
- a link, an image, a note: the whole link, image or note that stands there;
- « mettez la valeur … »: the whole value, to the end of the line (or to the next key in braces);
- anything else: the words that the message has between « and » if they stand there, else the
  value, the address of the link, or the words there that look most like it.

What to do
----------
    écrivez X, tapez X, mettez … : X, remplacez-le par X, vouliez-vous dire X ?
    remplacez | effacez tout, de X jusqu'à Y, N lignes plus bas(, par Z)
    remplacez X par Y                   X as it stands on the line (or elsewhere « dans le texte »)
    écrivez deux lignes : X et Y
    écrivez-la devant X                 the sign that the message says is missing
    écrivez N espaces, puis X           the whole line, with so many spaces before it
    écrivez X, au bord gauche           the whole line, without a space before it
    au-dessus de cette ligne, écrivez X on a line of its own above, two columns to the left
    au-dessus de la ligne N, écrivez X  the same, above another line
    à la ligne dessous, écrivez X       on a line of its own below
    à la ligne sous « key: », écrivez X the same, and nothing stays after `key:`
    ajoutez key: value                  below the line of the problem, or within its braces
    ajoutez une ligne key: value        always on a line of its own
    ajoutez X à « key », ajoutez-le aux « key »   one more item in that list
    ajoutez une ligne --- après la dernière clé; mettez une ligne --- avant la première clé
    ajoutez X là où elle finit          at the end of the line
    sous la ligne …, ajoutez X          on a line of its own below
    laissez une ligne vide avant …
    effacez | enlevez | retirez: cette ligne, la ligne KEY, -la, -le, ce signe, « X », X,
                                        l'un des deux, a file
    gardez un(e) seul(e) des deux …     the one that is pointed at goes
    gardez « A », ou bien « B »         B goes
    gardez une des deux versions        of a conflict, the first one stays
    effacez les lignes N à M            these lines, and what they hold
    écrivez X, et effacez la ligne du dessous
    mettez une ligne --- avant celle-ci; laissez vide la ligne N, et mettez …
    effacez les mots voisins et tapez-les de nouveau   what no eye sees goes
    mettez … entre guillemets, entourez … d'un signe, employez des guillemets simples
    fermez-le, fermez-la                at the end of the line
    alignez-la sur …, commencez … à la même colonne, commencez … au bord gauche
    commencez sa ligne par N espaces (comme les lignes A, B à C), commencez et finissez par X
    remplacez-la par des espaces        two for a tab
    échangez-les                        latitude and longitude; échangez les deux dates
    renommez-le X, renommez le fichier en X, déplacez-le dans FOLDER/
    enregistrez | choisissez … l'encodage UTF-8
    rien ne presse                      nothing is done

Of the verbs that take no X (entourez, employez, fermez, séparez), what follows « : » illustrates.
« vérifiez », « corrigez », « les clés connues sont » say nothing to type: they cannot be followed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from maille.problems import Problem
from tools.hints.advice import QUOTED, cut_first_advice, list_choices, read_literal
from tools.hints.corpus import Files
from tools.hints.editor import (
    PAIR,
    CannotFollowError,
    Task,
    choose_text,
    cut_value,
    find_closing,
    find_quoted,
    find_value,
    pick_choice,
    type_text,
)

SIGNS = {"virgule": ",", "deux-points": ":", "espace": " ", "tiret": "-"}
CLOSING = {"[": "]", "{": "}", "(": ")", '"': '"', "'": "'"}

Found = re.Match[str]
Form = Callable[[Task, Found], Files]


def require_literal(words: str) -> str:
    """Return the text to type that these words begin with, or raise CannotFollowError."""
    text = read_literal(words)
    if text is None:
        raise CannotFollowError(words)
    return text


def write_it(task: Task, found: Found) -> Files:
    """Follow « écrivez X »."""
    text = choose_text(task, found[1])
    if text is None:
        raise CannotFollowError(found[1])
    return type_text(task, text)


def add_document(task: Task, found: Found) -> Files:
    """Follow « mettez ce PDF dans D sous le nom N, et écrivez X »."""
    return {**type_text(task, found[3]), f"{found[1]}{found[2]}": b"%PDF-1.7\n"}


def write_value(task: Task, found: Found) -> Files:
    """Follow « mettez la valeur entre guillemets : X »."""
    text = require_literal(found[1])
    if PAIR.match(text) and not text.startswith(('"', "'")):
        return type_text(task, text)
    return task.put(*_find_whole_value(task), text)


def write_line(task: Task, found: Found) -> Files:
    """Follow « écrivez N espaces, puis X » and « écrivez X, au bord gauche »."""
    spaces, text = (found[1], found[2]) if found.re.groups == 2 else ("0", found[1])
    return task.write(" " * int(spaces) + text)


def write_above(task: Task, found: Found) -> Files:
    """Follow « au-dessus de cette ligne, écrivez X », « au-dessus de la ligne N, écrivez X ».

    The line is under what is typed: it begins two columns further to the right.
    """
    index = int(found[1]) - 1 if found[1] else task.index
    below = task.lines[index]
    depth = max(len(below) - len(below.lstrip()) - 2, 0)
    text = " " * depth + task.fill(found[2])
    return task.write_all([*task.lines[:index], text, *task.lines[index:]])


def write_both(task: Task, found: Found) -> Files:
    """Follow « écrivez deux lignes : X et Y »."""
    return task.write(*(f"{task.indent}{text}" for text in found.groups()))


def write_after_word(task: Task, _: Found) -> Files:
    """Follow « écrivez-la derrière son mot, sur la même ligne »."""
    *before, above = task.lines[: task.index]
    joined = f"{above} {task.line.strip()}"
    return task.write_all([*before, joined, *task.lines[task.index + 1 :]])


def read_replacement(task: Task, words: str, *, at_end: bool) -> str:
    """Return the text of a replacement: a choice, filled in; `at_end` adds a line break."""
    choices = list_choices(words)
    text = pick_choice(task, choices) if choices else words.partition(" : ")[0]
    return task.fill(text) + ("\n" if at_end else "")


def replace_words(task: Task, found: Found) -> Files:
    """Follow « remplacez X par Y »."""
    words = re.split(r", seul sur sa ligne| dans le texte|, ou |, à la fin de la ligne", found[1])[
        0
    ]
    parts = words.split(" par ")
    for number in range(1, len(parts)):
        old, new = (" par ".join(part).strip("« »") for part in (parts[:number], parts[number:]))
        new = read_replacement(task, new, at_end="à la fin de la ligne" in found[1])
        for place, line in enumerate(task.lines):
            start = line.find(old, task.at if place == task.index else 0)
            if start < 0 and place == task.index:
                start = line.rfind(old)  # it began before the sign that is pointed at
            if start >= 0 and (place == task.index) != ("dans le texte" in found[1]):
                changed = [*task.lines]
                changed[place] = line[:start] + new + line[start + len(old) :]
                return task.write_all(changed)
    raise CannotFollowError(words)


def replace_piece(task: Task, found: Found) -> Files:
    """Follow « remplacez (or effacez) tout, de « A » jusqu'à « B », N lignes plus bas, par X »."""
    last = task.index + int(found[3])
    start, end = task.line.index(found[1]), task.lines[last].index(found[2]) + len(found[2])
    kept = f"{task.line[:start]}{found[4] or ''}{task.lines[last][end:]}"
    return task.write_all([*task.lines[: task.index], kept, *task.lines[last + 1 :]])


def blank_value(task: Task, found: Found) -> Files:
    """Follow « laissez vide : écrivez « KEY: » »."""
    start = task.line.index(f"{found[1]}:") + len(found[1]) + 1
    return task.put(start, start + len(task.line[start:].partition(",")[0]), "")


def write_before(task: Task, found: Found) -> Files:
    """Follow « écrivez-la devant X »."""
    sign = next((one for noun, one in SIGNS.items() if noun in task.problem.message), None)
    words = found[1].removesuffix(", au bord gauche").strip("« »")
    if sign is None or words not in task.line:
        raise CannotFollowError(found[1])
    start = task.line.rindex(words)
    before = task.line[:start]
    return task.write(f"{before.rstrip()}{sign} {task.line[start:]}")


def write_below(task: Task, found: Found) -> Files:
    """Follow « à la ligne dessous, écrivez X »."""
    shown, text = found[1], require_literal(found[2])
    start, stop = find_value(task)
    text = task.fill(text, task.line[start:stop].strip("\"'") if shown else "")
    line = task.line
    if shown and (head := QUOTED.search(shown)):
        line = task.indent[: len(task.line) - len(task.line.lstrip())] + head[1]
    return task.write(line, f"{' ' * (len(line) - len(line.lstrip(' ')))}  {text}")


def add_pair(task: Task, found: Found) -> Files:
    """Follow « ajoutez key: value »."""
    on_a_line, words = found[1] is not None, found[2]
    text = choose_text(task, words)
    if on_a_line and (several := re.match(r"(\w+): (\".*)", words)):
        one = pick_choice(task, re.findall(r"\"([^\"]+)\"", several[2]))
        text = f'{several[1]}: "{one}"'
    if text is None or not PAIR.match(text):
        raise CannotFollowError(words)
    text = task.fill(text)
    whole = task.problem.line <= 1 and task.line.strip() == "---"
    if task.in_toml() or (task.problem.line <= 1 and not whole):
        return task.write(text, task.line)
    line = task.line
    opening = line.rfind("{", 0, task.at + 1)
    closed = find_closing(line[opening:]) if opening >= 0 else 0
    if not on_a_line and closed and opening + closed > task.at:
        stop = opening + closed - 1
        return task.put(stop, stop, f", {text}")
    return task.write(line, f"{'' if whole else task.indent}{text}")


def add_item(task: Task, found: Found) -> Files:
    """Follow « ajoutez X à KEY »."""
    words, key = found[1], found[2]
    item = QUOTED.findall(words or task.problem.message)[0]
    for number, line in enumerate(task.lines):
        if listed := re.match(rf"{key}: \[(.*)\]$", line):
            items = f"{listed[1]}, {item}" if listed[1] else item
            changed = [*task.lines]
            changed[number] = f"{key}: [{items}]"
            return task.write_all(changed)
    end = task.lines.index("---", 1)
    return task.write_all([*task.lines[:end], f"{key}: [{item}]", *task.lines[end:]])


def add_at_end(task: Task, found: Found) -> Files:
    """Follow « ajoutez X là où elle finit »."""
    return task.write(f"{task.line} {found[1]}")


def add_below(task: Task, found: Found) -> Files:
    """Follow « sous la ligne …, ajoutez X »."""
    text = require_literal(found[1])
    return task.write(task.line, text)


def find_last_key(lines: list[str]) -> int:
    """Return the index after the last line that looks like one of keys."""
    last = 1
    for number, line in enumerate(lines[1:], 1):
        if re.match(r" *(- )?[\w_]+:( |$)| *- |  +\S", line):
            last = number + 1
        elif line.strip():
            break
    return last


def add_rule(task: Task, _: Found) -> Files:
    """Follow « ajoutez une ligne --- après la dernière clé »."""
    last = find_last_key(task.lines)
    return task.write_all([*task.lines[:last], "---", *task.lines[last:]])


def add_both_rules(task: Task, _: Found) -> Files:
    """Follow « mettez une ligne --- avant la première clé, et une autre après la dernière »."""
    lines = ["---", *task.lines]
    last = find_last_key(lines)
    closed = lines[last : last + 1] == ["---"]
    return task.write_all(lines if closed else [*lines[:last], "---", *lines[last:]])


def leave_blank(task: Task, _: Found) -> Files:
    """Follow « laissez une ligne vide avant … »."""
    return task.write("", task.line)


def erase_line(task: Task, _: Found) -> Files:
    """Follow « effacez cette ligne »."""
    return task.write()


def erase_box(task: Task, found: Found) -> Files:
    """Follow « effacez X, et la ligne Y qui la referme »."""
    return erase_both(task, [*map(str.strip, task.lines)].index(found[1], task.index + 1))


def erase_indent(task: Task, _: Found) -> Files:
    """Follow « effacez cette ligne, et les espaces au début des suivantes »."""
    below = task.lines[task.index + 1 :]
    stop = next((n for n, line in enumerate(below) if not line.startswith(" ")), len(below))
    flat = [line.lstrip() for line in below[:stop]]
    return task.write_all([*task.lines[: task.index], *flat, *below[stop:]])


def erase_fence(task: Task, _: Found) -> Files:
    """Follow « effacez cette ligne et celle qui la referme »."""
    same = (n for n, line in enumerate(task.lines) if line.strip() == task.line.strip())
    return erase_both(task, max(same))


def erase_both(task: Task, other: int) -> Files:
    """Erase the line of the problem, and another one by its index."""
    return task.write_all(
        [line for n, line in enumerate(task.lines) if n not in {task.index, other}]
    )


def erase_key(task: Task, found: Found) -> Files:
    """Follow « effacez la ligne KEY »."""
    kept = [line for line in task.lines if not line.startswith(f"{found[1]}:")]
    return task.write_all(kept)


def erase_literal(task: Task, found: Found) -> Files:
    """Follow « effacez X » for words that stand there as they are."""
    words = found[1].partition(", ou ")[0]
    if pair := _find_pair(task, words):
        return erase_part(task, *pair)
    start = task.line.find(words, task.at)
    if start < 0:
        raise CannotFollowError(words)
    before, after = task.line[:start], task.line[start + len(words) :]
    kept = before.rstrip() + after if before.endswith(" ") else before + after
    return task.write(kept) if kept.strip() else task.write()


def erase_words(task: Task, found: Found) -> Files:
    """Follow « effacez X », « effacez ce signe » or « enlevez-le »."""
    words = QUOTED.findall(found[0])
    if words and (pair := _find_pair(task, words[0])):
        return erase_part(task, *pair)
    spot = find_quoted(task)
    if words and words[0] in task.line:
        start = task.line.index(words[0])
        spot = (start, start + len(words[0]))
    if spot is None:
        raise CannotFollowError(found[0])
    kept = task.line[: spot[0]] + task.line[spot[1] :].removeprefix(
        " " if task.line[: spot[0]].endswith((" ", "")) and spot[0] else ""
    )
    return task.write(kept) if kept.strip() else task.write()


def _find_pair(task: Task, key: str) -> tuple[int, int] | None:
    """Return where a key and its value stand in the line."""
    key = key.partition(":")[0]
    if not task.in_header() or not (found := re.search(rf"(?<!\w){re.escape(key)}: ?", task.line)):
        return None
    return found.start(), found.end() + len(cut_value(task.line[found.end() :]))


def erase_part(task: Task, start: int, stop: int) -> Files:
    """Erase an item or a pair with its comma; the whole line when nothing else is on it."""
    before, after = task.line[:start], task.line[stop:]
    if before.rstrip().endswith(","):
        before = before.rstrip().removesuffix(",")
    elif after.startswith(","):
        after = after[1:].lstrip()
    return task.write(before + after) if (before + after).strip(" -") else task.write()


def erase_item(task: Task, _: Found) -> Files:
    """Follow « effacez l'un des deux »."""
    start, stop = find_quoted(task) or find_value(task)
    if task.line[start - 1 : start] in {'"', "'"} and start > task.at:
        start, stop = start - 1, stop + 1
    return erase_part(task, start, stop)


def erase_file(task: Task, found: Found) -> Files:
    """Follow « effacez FILE »."""
    path = (PurePosixPath(task.problem.path).parent / found[1]).as_posix()
    if task.files.get(path) is None:
        raise CannotFollowError(path)
    return {path: None}


def erase_this_file(task: Task, _: Found) -> Files:
    """Follow « gardez une seule des deux fiches »."""
    return {task.problem.path: None}


def erase_unseen(task: Task, _: Found) -> Files:
    """Follow « effacez les mots voisins et tapez-les de nouveau »."""
    return task.write("".join(sign for sign in task.line if sign.isprintable()))


def erase_lines(task: Task, found: Found) -> Files:
    """Follow « effacez les lignes N à M »."""
    first, last = int(found[1]), int(found[2])
    return task.write_all([*task.lines[: first - 1], *task.lines[last:]])


def write_over_both(task: Task, found: Found) -> Files:
    """Follow « écrivez X, et effacez la ligne du dessous »."""
    text = require_literal(found[1])
    below = task.lines[task.index + 2 :]
    return task.write_all([*task.lines[: task.index], f"{task.indent}{text}", *below])


def move_rule(task: Task, found: Found) -> Files:
    """Follow « laissez vide la ligne N, et mettez une ligne --- avant celle-ci »."""
    if found[1]:
        task.lines[int(found[1]) - 1] = ""
    return task.write("---", task.line)


def keep_first_version(task: Task, _: Found) -> Files:
    """Follow « gardez une des deux versions »."""
    kept: list[str] = []
    side = ""
    whole = any(line.startswith("=======") for line in task.lines)
    for line in task.lines:
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            side = line[0] if line[0] != ">" else ""
        elif side != "=" or not whole:
            kept.append(line)
    return task.write_all(kept)


def keep_keys(task: Task, found: Found) -> Files:
    """Follow « gardez A, ou bien B et C »."""
    others = QUOTED.findall(found[2])
    path = task.problem.path
    for key in others:
        if pair := _find_pair(task, key):
            return erase_part(task, *pair)
    kept = [line for line in task.lines if line.partition(":")[0] not in others]
    return {path: "\n".join(kept).encode()}


def erase_table(task: Task, _: Found) -> Files:
    """Follow « n'en gardez qu'une »."""
    stop = next(
        (n for n in range(task.index + 1, len(task.lines)) if task.lines[n].startswith("[")),
        len(task.lines),
    )
    return task.write_all([*task.lines[: task.index], *task.lines[stop:]])


def quote_value(task: Task, found: Found) -> Files:
    """Follow « mettez toute la valeur entre guillemets »."""
    start, stop = find_value(task)
    if "toute" in found[0] and not re.match(r"[\[{]", task.line[start:]):
        start, stop = _find_whole_value(task)
    value = task.line[start:stop].strip()
    if "sans crochets" in found[0]:
        value = value.strip("[]{}")
    value = value.strip('"') if value[:1] == value[-1:] == '"' else value
    sign = "'" if '"' in value else '"'
    if sign in value:
        raise CannotFollowError(value)
    return task.put(start, stop, f"{sign}{value}{sign}")


def _find_whole_value(task: Task) -> tuple[int, int]:
    """Return where the value of the line stands, to the end of the line."""
    start = len(task.indent)
    if pair := re.match(r"[\w -]+: ", task.line[start:]):
        start += pair.end()
    return start, len(task.line.rstrip())


def surround_value(task: Task, _: Found) -> Files:
    """Follow « entourez toute la valeur d'un signe qu'elle n'a pas »."""
    line = task.line
    starts = [one.end() for one in re.finditer(r"[\w-]+: ", line) if one.end() <= task.at]
    start = starts[-1] if starts else len(task.indent)
    rest = line[start:]
    inside = line.count("{", 0, start) > line.count("}", 0, start)
    ended = re.match(r".*?(?=, [\w -]+: |\}+$)", rest) if inside else None
    value = ended[0] if ended else rest.rstrip()
    bare = value
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        bare = value[1:-1]
    sign = next((one for one in "\"'" if one not in bare), None)
    if sign is None:
        raise CannotFollowError(value)
    return task.put(start, start + len(value), f"{sign}{bare}{sign}")


def use_single_quotes(task: Task, _: Found) -> Files:
    """Follow « employez des guillemets simples »."""
    found = re.search(r"\"(.*)\"", task.line)
    if not found or "'" in found[1]:
        raise CannotFollowError(task.line)
    return task.put(found.start(), found.end(), f"'{found[1]}'")


def close_sign(task: Task, _: Found) -> Files:
    """Follow « fermez-le »."""
    sign = CLOSING.get(task.line[task.at : task.at + 1])
    if sign is None:
        raise CannotFollowError(task.line)
    return task.write(task.line.rstrip() + sign)


def align_after_dash(task: Task, _: Found) -> Files:
    """Follow « alignez-la sur le texte qui suit le tiret »."""
    return _align(task, r" *-[ \u00a0]+")


def align_with_others(task: Task, _: Found) -> Files:
    """Follow « alignez-la sur les autres »."""
    return _align(task, r" *(?:- )?(?=\w+:)", below=len(task.indent))


def align_with_neighbour(task: Task, _: Found) -> Files:
    """Follow « commencez toutes les clés d'un même groupe à la même colonne »."""
    return _align(task, r"[ \t]*(?:- +)?(?=\w+:)")


def _align(task: Task, start: str, below: int = sys.maxsize) -> Files:
    """Begin the line where the nearest line above, which matches `start`, has its text.

    Only columns less than `below` count.
    """
    for line in reversed(task.lines[: task.index]):
        if (found := re.match(start, line)) and found.end() < below:
            return task.write(" " * found.end() + task.line.strip())
    raise CannotFollowError(task.line)


def start_at_left(task: Task, _: Found) -> Files:
    """Follow « commencez-la au bord gauche »."""
    before = task.line[: task.at]
    text = re.sub(r"^[\s>]+", "", task.line) if not before.strip("> \t") else task.line[task.at :]
    return task.write(*([before.rstrip()] if before.strip("> \t") else []), text)


def start_with_spaces(task: Task, found: Found) -> Files:
    """Follow « commencez sa ligne par N espaces », « …, comme les lignes A, B à C et D »."""
    number = {"deux": 2, "quatre": 4}.get(found[1]) or int(found[1])
    changed = [*task.lines]
    changed[task.index] = " " * number + task.line.strip()
    for first, last in re.findall(r"(\d+)(?: à (\d+))?", found[2] or ""):
        for at in range(int(first) - 1, int(last or first)):
            changed[at] = " " * number + changed[at].strip()
    return task.write_all(changed)


def wrap_value(task: Task, found: Found) -> Files:
    """Follow « commencez et finissez par X »."""
    sign = "/" if found[1] == "une barre" else found[1]
    start, stop = find_quoted(task) or find_value(task)
    return task.put(start, stop, f"{sign}{task.line[start:stop].strip(sign)}{sign}")


def replace_tab(task: Task, _: Found) -> Files:
    """Follow « remplacez-la par des espaces »."""
    return task.write(task.line.replace("\t", "  "))


def swap_values(task: Task, found: Found) -> Files:
    """Follow « échangez-les », of a point, and « échangez les deux dates »."""
    one, other = ("date", "jusqu_au") if "dates" in found[0] else ("latitude", "longitude")
    spots = {line.partition(":")[0]: n for n, line in enumerate(task.lines)}
    changed = [*task.lines]
    first, second = spots[one], spots[other]
    changed[first] = f"{one}:{task.lines[second].partition(':')[2]}"
    changed[second] = f"{other}:{task.lines[first].partition(':')[2]}"
    return task.write_all(changed)


def rename_file(task: Task, found: Found) -> Files:
    """Follow « renommez-le X »."""
    path = task.problem.path
    better = (PurePosixPath(path).parent / found[1]).as_posix()
    changed: dict[str, bytes | None] = {path: None, better: task.files[path]}
    if "dans les textes" in task.advice:
        old, new = PurePosixPath(path).name.encode(), found[1].encode()
        for other, data in task.files.items():
            if data and other.endswith((".md", ".yaml")) and old in data:
                changed[other] = data.replace(old, new)
    return changed


def move_file(task: Task, found: Found) -> Files:
    """Follow « déplacez-le dans FOLDER/ »."""
    path = task.problem.path
    return {path: None, f"{found[1]}{PurePosixPath(path).name}": task.files[path]}


def save_as_utf8(task: Task, _: Found) -> Files:
    """Follow « enregistrez en UTF-8 »."""
    data = task.files[task.problem.path] or b""
    guess = "cp1252"
    if "UTF-16" in task.problem.message:
        guess = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-16-le"
    return {task.problem.path: data.decode(guess).encode()}


def copy_then_write(task: Task, found: Found) -> Files:
    """Follow « mettez le fichier dans FOLDER/ et écrivez X »."""
    folder, words = found[1], found[2]
    text = read_literal(words)
    path = f"{folder}{text.rpartition('/')[2]}" if text else ""
    if text is None or task.files.get(path) is None:
        raise CannotFollowError(words)
    return type_text(task, text)


def write_own(task: Task, found: Found) -> Files:
    """Follow « écrivez-la », where a text or a title is missing."""
    text = task.known.get("titre") or task.known.get("texte")
    if text is None:
        raise CannotFollowError(found[0])
    if task.line.startswith("#") and not task.line.strip("# "):
        return task.write(f"{task.line.rstrip()} {text}")
    return task.write(task.line, "", text)


def write_known(task: Task, found: Found) -> Files:
    """Follow « prenez-en une autre » or « remplissez cette ligne »."""
    text = task.recall()
    if text is None:
        raise CannotFollowError(found[0])
    return type_text(task, text)


def do_nothing(_task: Task, _: Found) -> Files:
    """Follow « rien ne presse »."""
    return {}


FORMS: tuple[tuple[str, Form], ...] = (
    (r"rien ne presse", do_nothing),
    (r"vouliez-vous dire (.+)", write_it),
    (r"(?:dans votre éditeur, )?(?:choisissez|enregistrez)\b.*UTF-8", save_as_utf8),
    (
        r"\w+ tout, de « (.+) » jusqu'à « (.+) », (\d+) lignes? plus bas(?:, par (.+))?",
        replace_piece,
    ),
    (r"laissez vide : écrivez « (\w+): »", blank_value),
    (r"publiez ce fichier ailleurs, et écrivez (.+)", write_it),
    (r"mettez ce PDF dans (content/documents/) sous le nom (\S+), et écrivez (.+)", add_document),
    (r"écrivez-(?:la|le) devant (.+)", write_before),
    (r"écrivez-la derrière son mot, sur la même ligne", write_after_word),
    (r"écrivez (\d+) espaces?, puis « (.+) »", write_line),
    (r"écrivez « (.+) », au bord gauche", write_line),
    (r"au-dessus de (?:cette ligne|la ligne (\d+)), écrivez « (.+) »", write_above),
    (r"écrivez deux lignes : (.+) et (\w+: .+)", write_both),
    (r"à la ligne (?:dessous|(sous « .*? »)), écrivez (.+)", write_below),
    (r"(?:mettez le fichier|copiez-l[ae]) dans (\S+/) et écrivez (.+)", copy_then_write),
    (r"écrivez-l[ae]\b", write_own),
    (r"(?:prenez-en une? autre|remplissez\b)", write_known),
    (r"(?:mettez|remplacez) (?:toute )?la valeur entre guillemets : (.+)", write_value),
    (r"mettez-la entre guillemets : (.+)", write_it),
    (r"mettez (?:toute )?la valeur entre guillemets\b.*", quote_value),
    (r"mettez une ligne --- avant la première clé, et une autre après la dernière", add_both_rules),
    (r"ajoutez une ligne --- après la dernière clé", add_rule),
    (r"(?:laissez vide la ligne (\d+), et )?mettez une ligne --- avant celle-ci", move_rule),
    (r"ajoutez (\S+) là où elle finit", add_at_end),
    (r"ajoutez(?:-l[ae]| (« .*? »)) (?:à|aux|au) « (\w+) »", add_item),
    (r"ajoutez( une ligne(?: :)?)? (.+)", add_pair),
    (r"sous la ligne [^,]*, ajoutez (.+)", add_below),
    (r"laissez une ligne vide (?:avant|au-dessus)", leave_blank),
    (r"écrivez (.+), et effacez la ligne du dessous", write_over_both),
    (r"effacez les lignes (\d+) à (\d+)", erase_lines),
    (r"effacez cette ligne et celle qui la referme", erase_fence),
    (r"effacez (?:cette ligne|\S+), et la ligne (\S+) qui la referme", erase_box),
    (r"effacez cette ligne, et les espaces au début des suivantes", erase_indent),
    (r"(?:effacez|enlevez|retirez) (?:cette ligne|ce lien)|effacez-la", erase_line),
    (r"(?:effacez|retirez) l'une? des deux", erase_item),
    (r"effacez les mots voisins", erase_unseen),
    (r"effacez ([\w.-]+\.\w+)", erase_file),
    (r"(?:effacez|enlevez|retirez)(?:-le| ce signe| « .*? »)", erase_words),
    (r"(?:effacez|retirez) la ligne (\w+)", erase_key),
    (r"(?:effacez|retirez) (?!cette|ces|la|le|les|l')(.+)", erase_literal),
    (r"gardez une seule des deux lignes|gardez une? seule? des deux (?:liens|termes)", erase_line),
    (r"gardez une seule des deux fiches", erase_this_file),
    (r"gardez une des deux versions", keep_first_version),
    (r"gardez « (.*?) », ou bien (.+)", keep_keys),
    (r"n'en gardez qu'une?", erase_table),
    (r"entourez toute la valeur", surround_value),
    (r"employez des guillemets simples", use_single_quotes),
    (r"fermez-l[ae]\b", close_sign),
    (r"alignez-l[ae] sur le texte qui suit le tiret", align_after_dash),
    (r"alignez-l[ae] sur les autres", align_with_others),
    (r"commencez toutes les clés d'un même groupe à la même colonne", align_with_neighbour),
    (r"commencez-l[ae] au bord gauche", start_at_left),
    (r"commencez sa ligne par (\w+) espaces(?:, comme (.+))?", start_with_spaces),
    (r"commencez et finissez par (une barre|\S+?)(?=,|$)", wrap_value),
    (r"remplacez-la par des espaces", replace_tab),
    (r"échangez-les|échangez les deux dates", swap_values),
    (r"renommez(?:-l[ae]| le fichier en) ([\w.-]+\.\w+)", rename_file),
    (r"déplacez-l[ae] dans (\S+/)", move_file),
    (r"(?:écrivez|tapez|remplacez-l[ae] par) (.+)", write_it),
    (r"remplacez (.+)", replace_words),
)


def follow_hint(problem: Problem, files: Files, known: Mapping[str, str]) -> Files | None:
    """Return the files that the first advice of a hint changes, or None if it cannot be followed.

    `files` are all those of the site; `known` are the facts that the editor would fill in, by key.
    A file that is to be removed has None for its content.
    """
    task = Task(problem, files, known, cut_first_advice(problem.hint))
    data = files.get(problem.path)
    try:
        task.lines = data.decode().split("\n") if data else []
    except UnicodeDecodeError:
        task.lines = []
    for form, follow in FORMS:
        if found := re.match(form, task.advice):
            try:
                return follow(task, found)
            except (CannotFollowError, LookupError, ValueError):
                return None
    return None
