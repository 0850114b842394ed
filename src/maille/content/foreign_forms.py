"""The syntax of other software that this site does not understand, in one table.

The guide prints the table.

Markdown has no errors: such syntax is shown as typed, and the mistake is only visible on the page.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from maille.content.form_remedies import (
    drop_bracket,
    drop_stars,
    drop_tag_end,
    join_link,
    mend_link,
    open_link,
    tighten,
    turn_link,
    widen_italics,
    write_emoji,
    write_entity,
    write_formula,
    write_link,
    write_lowered,
    write_note,
    write_raised,
    write_table,
    write_web,
)
from maille.problems import Level

# The label of a note written as the definition of a link, such as `[//]: # (…)`.
NOTE_LABEL = re.compile(r"(?://|comment|commentaire|\#|_)?")
MAX_FORMS = 20  # reported per text
LONG_LINE = 200

_REPLACE = "écrivez « {inside} »"
_DELETE = "effacez « {0} »"
_DELETE_LINE = "effacez cette ligne"


SHOWN_NOTE = "« {shown} » ne cache pas cette note ({name}) : elle paraîtrait sur la page"


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its name in French, an example, the pattern that finds it, and what to type.

    `remedy` is a text in which `{0}` stands for the match and `{inside}` for its group `inside`, or
    a function of these two. `where` says which texts are searched: "text" (bodies and values of
    front matter), "body" or "value". In `cause`, `{shown}` stands for the match, shortened, and
    `{name}` for the name. `level` is used in bodies only: in values, all forms are warnings. It is
    an error for notes that are surely meant to be hidden, and that the page would show.
    """

    name: str
    example: str
    pattern: str
    remedy: str | Callable[[str, str], str]
    where: str = "text"
    cause: str = "« {shown} » n'est pas compris ici ({name}) : la page le montrerait tel quel"
    level: Level = Level.WARNING

    def describe(self, whole: str, inside: str) -> tuple[str, str]:
        """Return the cause and the remedy for the match `whole`, with its group `inside`."""
        shown = " ".join(whole.split())
        shown = shown if len(shown) < 120 else f"{shown[:118]}…"
        cause = self.cause.format(shown=shown, name=self.name, inside=inside)
        if callable(self.remedy):
            return cause, self.remedy(whole, inside)
        return cause, self.remedy.format(whole, inside=inside)


_ENTITY = r"&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-zA-Z]\w{1,30});"
# The text between two markers that touch it, on one line.
_INSIDE = r"(?=[^\s{0}])(?P<inside>[^\n{0}]{{1,200}})(?<=[^\s{0}])"
_NOTE = r"(?:[ ]?(?P<inside>(?![-–—−]*>)[^\n<>]{1,300}?)[ ]?[-–—−]+[ ]?>)?"

FORMS = (
    # Editor's notes altered by autocorrection, or written in the syntax of another program.
    Form("note au tiret changé", "<!– à demander –>",
         r"(?!<!--)(?:\\?<|&lt;|‹)[ ]?![ ]?(?:[-–—−‐‑][ ]?)+" + _NOTE, write_note,
         cause=SHOWN_NOTE, level=Level.ERROR),
    Form("note d'Obsidian", "%% à demander %%",
         r"%%(?=[ \n])(?P<inside>[^%]{1,2000})(?<=[ \n])%%", write_note,
         cause=SHOWN_NOTE, level=Level.ERROR),
    Form("note d'un gabarit", "{# à demander #}", r"\{\#(?=\s)(?P<inside>[^{}]{1,2000})\#\}",
         write_note, cause=SHOWN_NOTE),
    Form("note d'un programme", "/* à demander */",
         r"\{?/\*(?P<inside>[^*]{1,2000})\*/\}?", write_note, "body", cause=SHOWN_NOTE),
    Form("note de relecture", "{>> à demander <<}", r"\{>>(?P<inside>[^{}]{1,2000})<<\}",
         write_note,
         cause=SHOWN_NOTE, level=Level.ERROR),
    Form("note d'un programme", "// à demander", r"^//[ ](?P<inside>[^\n]{1,300})$", write_note,
         "body", cause=SHOWN_NOTE),
    Form("note en lien", "[//]: # (à demander)",
         rf"^\[{NOTE_LABEL.pattern}\]:[ ](?:\#|<>)[ ](?P<inside>[^\n]{{1,300}})$",
         write_note, "body", "« {shown} » n'est pas une note de ce site, et peut paraître"),
    # Markers around words.
    # Struck-out words are no longer true: shown plain, they would mislead the reader.
    Form("texte barré", "~~barré~~", r"(?<!~)~~" + _INSIDE.format("~") + r"~~(?!~)",
         "effacez « {0} », ou écrivez {inside}, en disant ce qui a changé", "body"),
    Form("texte barré", "titre: ~~barré~~ juste", r"(?<!~)~~" + _INSIDE.format("~") + r"~~(?!~)",
         _DELETE, "value"),
    Form("texte barré", "titre: <del>barré</del> juste",
         r"<(?:del|s|strike)(?:[ ][^<>\n]{0,100})?>(?P<inside>[^<>\n]{1,200})</(?:del|s|strike)>",
         _DELETE, "value"),
    Form("surlignage", "==surligné==", r"(?<!=)==" + _INSIDE.format("=") + r"==(?!=)",
         "écrivez « **{inside}** »", "body"),
    Form("surlignage", "titre: ==surligné==", r"(?<!=)==" + _INSIDE.format("=") + r"==(?!=)",
         _REPLACE, "value"),
    Form("souligné", "++souligné++", r"(?<![\w+])\+\+" + _INSIDE.format("+") + r"\+\+(?![\w+])",
         _REPLACE),
    Form("indice", "H~2~O", r"(?<=[\w)])(?<!~)~(?=[^\s~])(?P<inside>[^\s~]{1,10})~(?!~)",
         write_lowered),
    Form("exposant", "m^2^", r"(?<=[\w)])\^(?=[^\s^])(?P<inside>[^\s^]{1,10})\^", write_raised),
    Form("formule", "$$x^2$$", r"(?<![\w$])\$\$" + _INSIDE.format("$") + r"\$\$",
         write_formula),
    Form("formule", "$$\nx^2 + y\n$$", r"(?<![\w$])\$\$[ ]*\n(?P<inside>[^$]{1,1000})\n[ ]*\$\$",
         "écrivez-la avec des mots, sans les signes $", "body"),
    Form("formule", "$x^2$",
         r"(?<![\w$])\$(?=[^\s$])(?=[^$\n]{0,80}[\\^_])(?P<inside>[^$\n]{1,80})(?<=\S)\$(?![\w$])",
         write_formula),
    Form("emoji par son nom", ":smile:",
         r"(?<![\w:/]):(?P<inside>\+1|-1|[a-z][a-z0-9_-]{1,30}):(?![\w:/])", write_emoji),
    Form("erreur de tableur", "Total : #REF!",
         r"(?<![\w\#])\#(?:N/A|DIV/0[ ]?!|REF[ ]?!|(?:NAME|NOM)[ ]?\?|VAL(?:UE|EUR)[ ]?!)",
         "écrivez la vraie valeur à la place de « {0} »", "body"),
    # Whole lines.
    Form("table des matières", "[TOC]",
         r"^(?:\[\[?_?(?:TOC|toc|Toc)_?\]\]?|\{:toc\}|@\[toc\])[ ]*$", _DELETE_LINE,
         "body"),
    Form("encadré", "!!! note", r"^(?:!!!|\?\?\?)\+?[ ]?[a-z]+(?:[ ]\"[^\"\n]*\")?[ ]*$",
         "effacez cette ligne, et les espaces au début des suivantes", "body"),
    Form("encadré", "> [!NOTE]", r"^>[ ]?\[!\w+\][-+]?[ ]*$", _DELETE_LINE, "body"),
    Form("encadré", "> [!TIP] Un conseil", r"^>[ ]?(?P<inside>\[!\w+\][-+]?)[ ]",
         "effacez « {inside} »", "body"),
    Form("encadré", ":::info", r"^(?P<inside>:{3,})[ ]?\{?\w[^\n]*$",
         "effacez cette ligne et celle qui la referme ({inside})", "body"),
    Form("définition", "Un mot\n: son sens", r"(?<=[^\s:]\n):[ ]{1,3}(?P<inside>\S[^\n]*)",
         "écrivez-la derrière son mot, sur la même ligne : {inside}", "body"),
    Form("sigle", "*[SIG]: son sens", r"^\*\[[^\[\]\n]+\]:[^\n]*", _DELETE_LINE, "body"),
    Form("en-tête d'un autre logiciel", "+++",
         r"^\+{3}[ ]*$(?:\n[^\n]*){0,40}?(?:(?<=\n)\+{3}[ ]*$|\Z)|^\+{3}[ ]*$",
         "effacez cette ligne et celle qui la referme", "body"),
    # Short codes, names of headings, attributes, marks of proofreading.
    Form("code court", "{{< youtube abc >}}", r"\{\{[<%][^{}\n]{1,300}[>%]\}\}", _DELETE),
    Form("code court", "[gallery ids=1]",
         r"\[/?(?:gallery|caption|embed|contact-form-7|video|audio|url|img|color|size|quote|button"
         r"|/b|/i|/u)(?:[ =][^\[\]\n]{0,300})?\](?!\()", _DELETE),
    Form("nom d'un titre", "## Titre {#nom}", r"\{\#[\w-]+\}", _DELETE),
    Form("attributs", "{: .classe }", r"\{:[^{}\n]{0,200}\}|\{\.[\w. -]{1,100}\}", _DELETE),
    Form("attributs d'un lien", "[texte](/page/){target=_blank}",
         r"(?<=\))\{[^{}\n]{0,200}\}", _DELETE, "body"),
    Form("marque de relecture", "{-- retiré --}",
         r"\{(?:--|~~)(?![^{}\n]{0,300}~>)[^{}\n]{1,300}(?:--|~~)\}", _DELETE),
    Form("marque de relecture", "{++ ajouté ++}",
         r"\{(?:\+\+|==|~~[^{}\n]{0,300}~>)[ ]?(?P<inside>[^{}\n]{1,300}?)[ ]?(?:\+\+|~~|==)\}",
         _REPLACE),
    # Entities. Bodies render the valid ones; values show every entity as typed.
    Form("entité", "titre: caf&eacute;", rf"{_ENTITY}(?:[^\n&]{{0,200}}{_ENTITY})*", write_entity,
         "value"),
    Form("entité", "caf&amp;eacute;", r"&amp;(?:\#\d{1,7}|[a-zA-Z]\w{1,30});", write_entity,
         "body"),
    Form("entité", "une&nbsp espace",
         r"&(?:nbsp|[lr]aquo|[lr]squo|[a-z](?:acute|grave|circ|uml|cedil))(?![\w;])",
         write_entity),
    # Markdown in values, which are not rendered.
    Form("gras", "titre: un mot en **gras**",
         r"(?<!\*)\*\*" + _INSIDE.format("*") + r"\*\*(?!\*)", _REPLACE, "value"),
    Form("gras", "titre: un __mot__", r"(?<!\w)__" + _INSIDE.format("_") + r"__(?!\w)", _REPLACE,
         "value"),
    Form("gras", "titre: ** Nom **",
         r"(?<![\w*€$£%°)»])\*\*[ ]?(?P<inside>[^\s*](?:[^*\n]{0,200}[^\s*])?)[ ]?\*\*(?![\w*])",
         _REPLACE, "value"),
    Form("gras", "titre: ** Nom",
         r"(?<![\w*€$£%°)»])(?<!\d )\*\*(?!\*| \d)|(?<![\w_])__(?!_)", _DELETE, "value"),
    Form("italique", "titre: un *Journal*",
         r"(?<![\w*€$%°)»])\*" + _INSIDE.format("*") + r"\*(?![\w*])", _REPLACE, "value"),
    Form("lien", "resume: à [tous](/tous/)",
         r"(?<!\w)!?\[(?P<inside>[^\[\]\n]{1,200})\]\([^()\s]{1,300}\)", _REPLACE, "value"),
    Form("code", "titre: le `mot`",
         r"(?<!`)`" + _INSIDE.format("`") + r"`(?!`)", _REPLACE, "value"),
    Form("balise", "resume: une <b>balise</b>",
         r"</?(?:a|b|br|div|em|font|h[1-6]|i|li|mark|ol|p|small|span|strong|su[bp]|u|ul)"
         r"(?:[ ][^<>\n]{0,200})?/?>", _DELETE, "value"),
)  # fmt: skip

# Forms that are searched for in the texts that Python-Markdown left as typed (`unrendered`). If
# several match at one place, the first is reported.
_LOOSE = "« {shown} » garde ses signes : une espace les sépare du mot"
_STARTS = r"[^\W\d_]|[«\"(]"  # a letter, or an opening quote or bracket
_URL = r"(?:https?://|mailto:|tel:|www\.|/|\#)"
# Texts that can only be an address, whatever precedes them.
_SURE = (
    r"(?:(?:https?://|mailto:|www\.)[^\s\[\](){}]+|/images/[\w.%-]+"
    r"|/(?:[\w-]+/)+(?:\#[\w-]+)?)"
)
_ATTRIBUTE = r"""[a-zA-Z-]+=(?:"[^"<>\n]*"|'[^'<>\n]*')"""
# Words that invite readers to follow a link. Between brackets, French prose adds other words to a
# quotation, such as « [sic] », « [le maire] » or « [voir plus haut] ».
_INVITES = (
    r"(?:cliquez|télécharge[rz]|consulte[rz]|accéde[rz]|découvr(?:ir|ez)|retrouve[rz]|visite[rz]"
    r"|inscrivez-vous|s['’]inscrire|rejoignez|rejoindre|écoute[rz]|regarde[rz]|lire la suite"
    r"|en savoir plus|plus d['’]infos?(?:rmations?)?"
    r"|(?:voir|lire) l(?:[ae] |es |['’])"
    r"(?:page|site|vidéo|film|carte|liste|article|programme|fiche|replay|compte rendu))\b"
)
RENDERED = (
    Form("image d'un wiki", "![[photo.jpg]]", r"!\[\[(?P<inside>[^\[\]\n]+)\]\]",
         "écrivez ![…](/images/{inside}), avec ce que montre l'image entre les crochets",
         cause="« {inside} » ne montre aucune image"),
    Form("adresse entre crochets", "[[contact@exemple.fr]]",
         r"\[\[(?P<inside>[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s\[\]|]+)\]\]",
         "écrivez <{inside}>", cause="« [[{inside}]] » n'est pas un lien"),
    Form("lien d'un wiki", "[[La page]]",
         r"\[\[(?!_?(?:TOC|toc|Toc)_?\])(?P<inside>[^\[\]\n]+)\]\]", write_link,
         cause="« [[{inside}]] » n'est pas un lien"),
    Form("note de bas de page", "un mot[^1]", r"\[\^[^\[\]\s]+\]",
         "effacez « {0} » ; pour garder la note, écrivez-la entre parenthèses",
         cause="« {shown} » ne fait pas de note"),
    # The rest of a tag whose first line was erased.
    Form("fin de balise", 'href="https://exemple.fr/"> La page',
         rf"(?:^|(?<=[\s\0])){_ATTRIBUTE}(?:[ \t]+[a-zA-Z-]+|[ \t]+{_ATTRIBUTE}){{0,20}}[ \t]*/?>"
         r"(?P<inside>[^\0\n<>]{0,200})", drop_tag_end,
         cause="« {shown} » est la fin d'une balise, qui paraîtrait telle quelle"),
    Form("espace dans un lien", "[texte] (/page/)",
         rf"!?\[[^\[\]\n]+\][ \t]+\({_URL}[^()\s]*\)", join_link,
         cause="une espace sépare le lien de son adresse"),
    Form("lien jamais refermé", "[texte](https://exemple.fr/",
         r"(?P<inside>!?\[[^\[\]\n]+\]\((?:https?://|mailto:|tel:|/|\#)[^()\s]*[^()\[\]{}\s.,;:!?])"
         r"(?=[.,;:!?]*(?:\s|$))"
         r"(?![ ]\")",
         "écrivez {inside})", cause="« {shown} » n'est pas un lien : il lui manque une parenthèse"),
    Form("crochet en trop", "[texte]](/page/)",
         rf"!?\[(?P<inside>[^\[\]\n]+\]\]+\({_URL}[^()\s]*)\)", drop_bracket,
         cause="« {shown} » n'est pas un lien : un crochet est de trop"),
    Form("lien à l'envers", "(texte)[https://exemple.fr/]",
         rf"[\[({{](?:[^\[\](){{}}\n]|\([^()\n]*\)){{1,200}}[\])}}][\[({{]{_URL}[^\s\[\]{{}}]*[\])}}]",
         turn_link,
         cause="« {shown} » n'est pas un lien : ses crochets ou ses parenthèses sont mal placés"),
    Form("lien aux signes mal placés", "[texte]/page/)",
         rf"!?\[[^\[\]\n]{{1,200}}?(?:(?:[\[\](){{}}]{{1,3}}|\][^\W_]{{1,3}}\(){_SURE}[\])}}(]{{1,2}}"
         r"|\]/\((?:[\w-]+/)+\))", mend_link,
         cause="« {shown} » n'est pas un lien : ses crochets ou ses parenthèses sont mal placés"),
    Form("lien jamais ouvert", "texte](/page/)",
         r"(?:^|(?<=[\0,;:.!?(«])|(?<=[\0,;:.!?«][ \u00a0]))(?P<inside>[^\s\x02\[\](),;:.!?«»]"
         rf"[^\x02\[\](),;:.!?«»\n]{{0,100}}\]\({_URL}[^()\s]+\))", open_link,
         cause="« {inside} » n'est pas un lien : il lui manque un crochet"),
    Form("lien sans adresse", "[texte][renvoi]", r"\[[^\[\]\n]+\][ ]?\[(?P<inside>[^\[\]\n]*)\]",
         write_link, cause="aucune adresse ne porte le nom « {inside} »"),
    Form("lien sans adresse", "[consulter notre page ici]",
         rf"(?<![\w\]!\[])\[(?P<inside>(?i:{_INVITES})[^\[\]\n]{{0,120}}"
         r"|[^\[\]\n]{3,120}[ \u00a0]ici)\](?![\w\[(:])", write_link,
         cause="aucune adresse ne suit « {inside} » : ses crochets s'afficheraient"),
    Form("gras d'un signe", "11 h**.**",
         r"(?<!\*)\*\*[ ]?[,;.:!?)»\]]{1,3}[ ]?\*\*(?!\*)(?:(?<=[ ]\*\*)\w[^\s*]*)?", drop_stars,
         cause="les étoiles de « {shown} » s'afficheraient"),
    Form("espace dans le gras", "**Note : **suite",
         r"(?<![\d€$£%°*])\*\*(?=[^\s*])(?P<inside>[^*\n]{1,200}?)[^\S\n]{1,5}\*\*(?!\*)[^\s*]*",
         tighten, cause=_LOOSE),
    Form("espace dans le gras", "la** ville**",
         r"(?:(?<!\w)[^\W_]{1,30}|(?<![^\s\0(«]))\*\*[ ]+"
         r"(?P<inside>[^*\n]{1,100}?[^\s*])\*\*(?![\w*])", tighten, cause=_LOOSE),
    Form("espace dans le gras", "__Note : __suite",
         r"(?<![\w_])__(?=[^\s_])(?P<inside>[^_\n]{1,200}?)[^\S\n]{1,5}__(?!_)[^\s_]*",
         tighten, cause=_LOOSE),
    Form("espace dans l'italique", "*Note. *",
         rf"(?<![\w*€$£%°)»])\*(?={_STARTS})(?P<inside>[^*]{{1,500}}?)[^\S\n]{{1,5}}\*"
         r"(?:(?![\w*])|(?<=[.!?…:;»][ ]\*)\w[^\s*]*)", tighten, cause=_LOOSE),
    Form("espace dans l'italique", "_Note. _",
         rf"(?<![\w_])_(?={_STARTS})(?P<inside>[^_]{{1,500}}?(?<=[.!?…:;,»]))[^\S\n]{{1,5}}_"
         r"(?:(?![\w_])|(?<=[.!?…:;»][ ]_)\w[^\s_]*)", tighten, cause=_LOOSE),
    # A row of stars is an ornament, and does not match.
    Form("gras jamais refermé", "un **mot",
         r"(?<![\d€$£%°*])\*\*(?:(?!\*)|\*(?=\w))|(?<![\w_])__(?![_\s])",
         "effacez ce signe, ou écrivez-le aussi là où le gras finit",
         cause="« {shown} » est ouvert et jamais refermé"),
    Form("adresse nue", "https://exemple.fr/",
         r"(?<![\w/.@])(?P<inside>(?:https?://|www\.)[^\s<>«»\"|\[\]]+)", write_web,
         cause="{inside} n'est pas un lien"),
    Form("adresse nue", "nom@exemple.fr",
         r"(?<![\w.+-])(?P<inside>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)", "écrivez <{inside}>",
         cause="{inside} n'est pas un lien"),
    Form("italique dans un mot", "*É*conomie",
         r"(?<![\w*])\*(?P<inside>[^\W\d_]{1,3})\*(?=[^\W\d_]{2})",
         "écrivez « **{inside}** »", cause="les étoiles de « {shown} » s'afficheraient"),
    # An inclusive spelling, such as « les étudiant*es », does not match.
    Form("italique dans un mot", "*un mot*s",
         r"(?<![\w*€$£%°)»])\*(?=[^\W\d_])[^*\n]{3,80}?(?<=[^\W\d_])\*(?![nltv]?[eèx]|tri|ri)"
         r"[^\W\d_]{1,20}(?![\w*])", widen_italics,
         cause="les étoiles de « {shown} » s'afficheraient"),
    Form("case à cocher", "- [ ] à faire", r"^(?P<inside>\[[ xX]\])[ ]", "effacez ce signe",
         cause="« {inside} » ne fait pas de case à cocher"),
    Form("tableau", "| A | B |\n| 1 | 2 |", r"^[ \t]*\|.*(?:\n[ \t]*\|.*)*", write_table,
         cause="ces barres ne font pas de tableau"),
)  # fmt: skip


# Addresses are skipped. So is punctuation after a `\`, since it is plain text; only the « < » of a
# note (`\<!-- … -->`) is left to a form.
_SKIPPED = r"\]\((?:<[^<>\n]*>|[^()\s]*)|(?:https?|ftp)://[^\s<>\[]*|\\(?!<)[^\w\s]"
_FIRST = r"(?=[\\<&‹%{/\[~=+^$:!?>*@_`\]\#hf])"


def join_patterns(forms: Iterable[Form]) -> str:
    """Return a pattern that matches each of the forms.

    Its group `f0` is the match of the first form, `i0` the match of the group `inside` of this
    form, and so on.
    """
    return "|".join(
        f"(?P<f{number}>{form.pattern.replace('?P<inside>', f'?P<i{number}>')})"
        for number, form in enumerate(forms)
    )


def identify_form(found: re.Match[str], forms: Sequence[Form]) -> tuple[Form, str]:
    """Return the form that a match of `join_patterns(forms)` found, and its group `inside`."""
    number = int((found.lastgroup or "")[1:])  # the group of the form is the last to close
    return forms[number], found.groupdict().get(f"i{number}") or ""


def _compile(where: str) -> tuple[re.Pattern[str], tuple[Form, ...]]:
    """Return the pattern that finds the forms of `where`, "body" or "value", and these forms."""
    forms = tuple(form for form in FORMS if form.where in {"text", where})
    # No form begins with a letter: `h` and `f`, in `_FIRST`, begin an address to skip.
    pattern = rf"{_FIRST}(?:(?P<skipped>{_SKIPPED})|(?![hf])(?:{join_patterns(forms)}))"
    return re.compile(pattern, re.MULTILINE), forms


_PATTERNS = {where: _compile(where) for where in ("body", "value")}


def find_foreign(text: str, where: str) -> Iterator[tuple[int, str, str, Level]]:
    """Yield offset, cause, remedy and level for each piece of foreign syntax in a text.

    `where` is "body" or "value". At most `MAX_FORMS` are found.
    """
    return itertools.islice(_describe_matches(text, where), MAX_FORMS)


def _describe_matches(text: str, where: str) -> Iterator[tuple[int, str, str, Level]]:
    pattern, forms = _PATTERNS[where]
    for found in pattern.finditer(text):
        if found["skipped"] is not None:
            continue
        form, inside = identify_form(found, forms)
        cause, remedy = form.describe(found[0], inside)
        if where == "value":
            cause, remedy = _widen(cause, remedy, found)
        if remedy:
            yield found.start(), cause, remedy, form.level if where == "body" else Level.WARNING


def _widen(cause: str, remedy: str, found: re.Match[str]) -> tuple[str, str]:
    """Return a cause and a remedy that quote the whole line of a match.

    They are unchanged if the line is too long, or if the remedy quotes no words to write or erase.
    If nothing would be left of the line, the remedy is to write another value.
    """
    start = found.string.rfind("\n", 0, found.start()) + 1
    line = found.string[start:].partition("\n")[0]
    typed = re.fullmatch(r"écrivez « (.*) »|effacez « .* »", remedy)
    if not typed or len(line) > LONG_LINE:
        return cause, remedy
    before, after = line[: found.start() - start], line[found.end() - start :]
    wide = cause.replace(f"« {found[0]} »", f"« {line} »", 1)
    right = f"{before}{typed[1] or ''}{after}"
    if not typed[1]:
        right = re.sub(r"(?<=[ \u00a0]) +", "", right).strip()
    return (wide, f"écrivez « {right} »") if right else (cause, "écrivez une autre valeur")
