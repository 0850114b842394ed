"""Check the Markdown of a body: report errors, and the probable slips of its author."""

from __future__ import annotations

import itertools
import re
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence

from maille.content.documents import Body, BodyImage, BodyLink, Heading
from maille.content.images import ADDRESS, FILE_NAME, suggest_image
from maille.content.link_targets import is_admitted, shorten_target, suggest_target
from maille.content.pasted_cells import check_cells
from maille.content.text_checks import check_body_text
from maille.content.typing_slips import check_typing
from maille.problems import Level, Problem
from maille.text.names import join_names, strip_invisible
from maille.text.suggestions import differ_by_a_slip
from maille.text.typed_addresses import suggest_end
from maille.text.urls import is_file_target

# Line beginnings that Markdown may read differently from what the author meant.
_ITEM = re.compile(r" *(?:[-*+]|\d{1,2}\.) +\S")
_FENCE = re.compile(r" {0,3}(?:```[^`]*$|~~~)")
_MOVED_HEADING = re.compile(r" {1,3}#{1,6}[ \t]")

# Placeholders for the text of a link, from our own hints or from online editors.
_PLACEHOLDER = re.compile(
    r"…|\.{3}|nom de la page|(?:le )?(?:texte|titre) du lien|(?:link|anchor) text", re.IGNORECASE
)
_HOST = re.compile(r"(?:https?://(?:www\.)?|mailto:)([^/?#]+)", re.IGNORECASE)


_FLAT = "ce point d'une liste reste au niveau de celui d'au-dessus"
_CODED = "ce point d'une liste, trop en retrait, s'afficherait comme du code"


def check_body(path: str, body: Body, years: Collection[int] = ()) -> Iterator[Problem]:
    """Yield the problems in the body of the file `path`; the checks are the same for all kinds.

    `years` are the years of the dates in the file's front matter.
    Fenced code is not checked, since it is not prose; only its fences are reported.
    """
    checker = _BodyChecker(path, body)
    fenced = checker.list_fenced()
    headings = [heading for heading in body.headings if heading.line not in fenced]
    found = (
        body.problems,
        checker.check_layout(),
        checker.check_nesting(),
        *(checker.check_heading(heading) for heading in headings),
        checker.check_outline(headings),
        check_typing(path, body),
        check_cells(path, body),
        *(checker.check_link(link) for link in body.links),
        *(checker.check_image(image) for image in body.images),
        check_body_text(path, body, years),
    )
    for problem in itertools.chain(*found):
        if problem.line not in fenced:
            yield problem


class _BodyChecker:
    def __init__(self, path: str, body: Body) -> None:
        self.path = path
        self.first_line = body.first_line
        self.text = body.text
        self.lines = body.text.split("\n")

    def has(self, *signs: str) -> bool:
        """Return whether the body has one of these signs: without them, no line is looked at."""
        return any(sign in self.text for sign in signs)

    def make_problem(
        self, line: int, column: int, message: str, hint: str, level: Level = Level.ERROR
    ) -> Problem:
        return Problem(self.path, message, hint, level, line=line, column=column)

    def get_line(self, line: int) -> str:
        """Return the text of a line of the body, numbered as in the file, or "" past the end."""
        number = line - self.first_line
        return self.lines[number] if number < len(self.lines) else ""

    def check_layout(self) -> Iterator[Problem]:
        """Yield a problem for each piece of fenced code and each indented heading.

        Neither is accepted.
        """
        yield from self.check_fences()
        if not self.has(" #"):
            return
        for line, text in enumerate(self.lines, self.first_line):
            if _MOVED_HEADING.match(text):
                message = "ce titre ne commence pas au bord gauche : il ne serait pas vu"
                yield self.make_problem(
                    line, 1, message, f"écrivez {text.strip()}, sans espace devant"
                )

    def list_fences(self) -> Iterator[tuple[int, str, str, int]]:
        """Yield (line, text, fence, last line) for each piece of fenced code.

        `line` and `text` are the opening line; `fence` is its backticks or tildes. The last line is
        that of the closing fence, or 0 if the code is never closed.
        """
        if not self.has("```", "~~~"):
            return
        fences = [
            (line, text.strip())
            for line, text in enumerate(self.lines, self.first_line)
            if _FENCE.match(text)
        ]
        closings: dict[str, list[int]] = {}
        for line, mark in fences:
            closings.setdefault(mark, []).append(line)
        last = 0
        for line, mark in fences:
            if line <= last:
                continue
            sign = "".join(itertools.takewhile(mark[0].__eq__, mark))
            ends = closings.get(sign, [])
            at = bisect(ends, line)
            last = ends[at] if at < len(ends) else 0
            yield line, mark, sign, last

    def check_fences(self) -> Iterator[Problem]:
        for line, mark, sign, last in self.list_fences():
            hint = f"effacez cette ligne, et la ligne {sign} qui la referme"
            if not last:
                hint = "effacez cette ligne"
            code = "pour montrer du code, commencez chacune de ses lignes par quatre espaces"
            message = f"« {mark[:20]} » n'est pas compris ici"
            yield self.make_problem(line, 1, message, f"{hint} ; {code}")

    def list_fenced(self) -> frozenset[int]:
        """Return the line numbers of fenced code, without its fences.

        Code that is never closed, or is labelled as Markdown, is left out.
        """
        return frozenset(
            number
            for line, mark, sign, last in self.list_fences()
            if mark.removeprefix(sign).strip().lower() not in {"md", "markdown"}
            for number in range(line + 1, last)
        )

    def check_nesting(self) -> Iterator[Problem]:
        """Yield a problem for items indented too little, or too much, to be nested.

        Items of one list that need the same indentation are reported as one problem.
        """
        if not self.has("  "):  # else no item has a margin
            return
        # (first line of the list, message, right indentation) → lines of the misplaced items
        told: dict[tuple[int, str, int], list[int]] = {}
        margins: list[int] = []  # margins of the items around the last one, then its own
        start = self.first_line  # first line of the list
        for line, (above, text) in enumerate(
            itertools.pairwise(["", *self.lines]), self.first_line
        ):
            margin = len(text) - len(text.lstrip(" "))
            if _ITEM.match(text):
                # One extra space is a slip, not a level.
                deeper = [one for one in margins if one >= margin - 1]
                margins = [one for one in margins if one < margin - 1]
                right = 4 * len(margins)
                # An item between two levels is not reported, since either may be meant.
                if margin < right and (not deeper or margin in deeper):
                    told.setdefault((start, _FLAT, right), []).append(line)
                elif margins and margin >= right + 4 and not above.strip():
                    told.setdefault((start, _CODED, right), []).append(line)
                margins.append(margin)
            elif text.strip() and not margin:
                margins, start = [], line
        for (_, message, right), (first, *others) in told.items():
            hint = f"commencez sa ligne par {right} espaces"
            if message == _FLAT:
                hint = f"pour l'y ranger, {hint}"
            also = f", comme {_name_lines(others)}" if others else ""
            if message == _CODED:
                also = f"{also}, et de même celles qui suivent"
            yield self.make_problem(first, 1, message, f"{hint}{also}", Level.WARNING)

    def check_heading(self, heading: Heading) -> Iterator[Problem]:
        """Yield a problem if a heading is empty, unintended, of level 1, or in a list or quote."""
        words, line, column = heading.text, heading.line, heading.column
        typed, under = self.get_line(line), self.get_line(line + 1)
        if not words:
            hint = "écrivez-le, ou effacez cette ligne"
            yield self.make_problem(line, column, "ce titre est vide", hint)
        elif not typed.startswith("#") and not re.match(r"[=-]+\s*$", under):
            message = f"le titre « {words} » est à l'intérieur d'une liste ou d'une citation"
            yield self.make_problem(line, column, message, "commencez-le au bord gauche")
        elif re.match(r"[-*+>] |\d+\. ", words) and not typed.startswith("#"):
            message = f"la ligne {under.strip()} fait un titre de « {words} »"
            yield self.make_problem(line + 1, 1, message, "laissez une ligne vide au-dessus d'elle")
        elif heading.level == 1:
            message = f"« {words} » est un titre de premier niveau, réservé à la page"
            yield self.make_problem(line, column, message, _suggest_heading(words, typed))

    def check_outline(self, headings: Iterable[Heading]) -> Iterator[Problem]:
        """Yield a problem for each heading that skips a level, unless its text is empty.

        Screen readers announce the levels, so that a missing one confuses their users.
        """
        above = 1  # the title of the page
        for heading in headings:
            if heading.level > above + 1 and heading.text:
                message = (
                    f"« {heading.text} » est un titre de niveau {heading.level}, "
                    f"sans titre de niveau {above + 1} au-dessus de lui"
                )
                hint = f"écrivez {'#' * (above + 1)} {heading.text}"
                yield self.make_problem(heading.line, heading.column, message, hint)
            above = heading.level

    def check_link(self, link: BodyLink) -> Iterator[Problem]:
        """Yield the problems of a link, in its text and in its address.

        The text is missing, a placeholder, or a misspelling of the target's host. The address is
        not accepted, or ends with punctuation. A link with neither text nor address is one problem.
        Addresses of Markdown files are left to `views.verify`, alternative texts to `check_image`.
        """
        admitted = is_admitted(link.target) or is_file_target(link.target)
        if link.target and not _has_ink(link.text) and not self.shows_image(link):
            message = "ce lien n'a pas de texte : personne ne peut ni le voir ni l'entendre"
            hint = f"écrivez […]({link.target}), avec le nom de la page entre les crochets"
            if not admitted:
                hint = "écrivez entre les crochets le nom de la page"
            yield self.make_problem(link.line, link.column, message, hint)
        elif _PLACEHOLDER.fullmatch(link.text.strip()):
            message = f"« {link.text.strip()} » tient la place des mots de ce lien"
            hint = f"écrivez […]({link.target}), avec le nom de la page entre les crochets"
            yield self.make_problem(link.line, link.column, message, hint, Level.WARNING)
        if right := _find_shown_address(link):
            message = f"ce lien montre « {link.text} », et mène à une autre adresse"
            hint = f"écrivez {right} ; ou corrigez les mots du lien"
            yield self.make_problem(link.line, link.column, message, hint, Level.WARNING)
        if admitted:
            yield from self.check_end(link)
            return
        shown = " ".join(link.target.split())
        message = f"« {shorten_target(shown)} » n'est pas une adresse admise dans un lien"
        if not shown:
            message = "ce lien ne mène nulle part"
        before = self.get_line(link.line)[: link.column - 1]
        found = re.search(r"(?<!!)\[([^\[\]]+)\]\(<?$", before)
        hint = suggest_target(shown, found[1] if found else "")
        yield self.make_problem(link.line, link.column, message, hint)

    def check_end(self, link: BodyLink) -> Iterator[Problem]:
        """Yield a problem if a web address includes the punctuation that ends its sentence."""
        after = self.get_line(link.line)[link.column - 1 + len(link.target) :]
        if link.target.startswith("http") and (hint := suggest_end(link.target, after)):
            message = "la ponctuation de la phrase est dans l'adresse de ce lien"
            yield self.make_problem(link.line, link.column, message, hint, Level.WARNING)

    def shows_image(self, link: BodyLink) -> bool:
        """Return whether the text of a link is an image: it ends with the « ) » of the image."""
        return bool(re.search(r"\)\s*\]\(<?$", self.get_line(link.line)[: link.column - 1]))

    def check_image(self, image: BodyImage) -> Iterator[Problem]:
        """Yield a problem for an alt text that is missing or a file's name, and for a bad address.

        The address must be accepted and be in /images/; `views.verify` checks that the file exists.
        """
        words, shown = image.alt, " ".join(image.target.split())
        right = image.target.startswith(ADDRESS) and is_admitted(image.target)
        nameless = not words or FILE_NAME.fullmatch(words)
        if nameless and shorten_target(shown) == shown:
            message = "cette image n'a pas d'alternative : qui ne la voit pas ne saura rien d'elle"
            if words:
                message = f"« {words} » est un nom de fichier, pas une alternative"
            written = f"écrivez ![…]({shown})" if right else suggest_image(shown, "")
            what = ", avec ce que montre l'image entre les crochets ; si elle décore, retirez-la"
            start = self.get_line(image.line).rfind("![", 0, image.column - 1) + 1
            yield self.make_problem(image.line, start or image.column, message, f"{written}{what}")
        if not right:
            message = f"« {shorten_target(shown)} » n'est pas l'adresse d'une image du site"
            if re.match(r"(?i)(?:https?:)?//", shown):
                message = f"« {shown} » est sur un autre site, qui saurait qui lit cette page"
            alt = "" if nameless else None
            yield self.make_problem(image.line, image.column, message, suggest_image(shown, alt))


def _name_lines(lines: Sequence[int]) -> str:
    """Return line numbers as French text: « la ligne 5 », « les lignes 5 à 7 et 9 »."""
    if len(lines) == 1:
        return f"la ligne {lines[0]}"
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    named = [f"{run[0]} à {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    return f"les lignes {join_names(named)}"


def _find_shown_address(link: BodyLink) -> str:
    """Return the corrected target of a link whose text shows almost the same host, else "".

    The host of the target is replaced by the host in the text. E-mail addresses are compared whole.
    """
    target = _HOST.match(link.target)
    shown = re.fullmatch(r"(?:https?://)?(?:www\.)?([^\s/]+\.[^\s/]+?)(?:/\S*)?", link.text.strip())
    if not target or not shown or not differ_by_a_slip(shown[1].lower(), target[1].lower()):
        return ""
    return f"{link.target[: target.start(1)]}{shown[1]}{link.target[target.end(1) :]}"


def _has_ink(text: str) -> bool:
    """Return whether a text has a visible character."""
    return bool(re.sub(r"[\s\u115f\u1160\u2800\u3164\uffa0]", "", strip_invisible(text)))


def _suggest_heading(words: str, typed: str) -> str:
    """Return the hint for a heading of level 1: its text is `words`, its line is `typed`.

    If the `#` touches the first word, the line may be plain text instead. The hint then gives both
    ways to type it, the likelier one first: « #ESS, un mot. » is more likely to be a sentence.
    """
    if not re.match(r"#\w", typed):
        signs, bare = typed.count("#", 0, len(typed) - len(typed.lstrip("# "))), words.lstrip("# ")
        return f"écrivez {'#' * max(signs, 2)} {bare}"
    if re.search(r"[.!?;,…] *$|\s#\w|^\d|^\w+[,;:]", words):
        return f"écrivez \\#{words} (ou ## {words} si c'est un titre)"
    return f"écrivez ## {words} (ou \\#{words} si ce n'est pas un titre)"
