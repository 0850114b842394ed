"""`site.toml`: the settings of the site, checked like the rest of the content."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, PrivateAttr, ValidationError
from pydantic_core import ErrorDetails

from maille.content.discover import CONFIG_FILE
from maille.content.documents import KeyPath, SourceFile, drop_doubtful, format_key_path
from maille.problems import ContentError, Level, Problem
from maille.schema.error_messages import explain_error, find_causes
from maille.schema.fields import Day, Part, Text, TimeZone, WebAddress, WebAddressOrEmail, YesNo
from maille.schema.kind import Fault, Kind
from maille.site.config_recovery import STAND_INS, TomlText, read_toml, replace_invalid
from maille.site.letter_config import Edition, LetterSettings, check_post_address, encode_host
from maille.site.menu import Introduction, MenuItem, MenuLink, group_links
from maille.text.patterns import compile_late


def _check_uuid(value: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value):
        raise ContentError(
            f"« {value} » n'est pas un identifiant (UUID)",
            "écrivez un UUID tiré au hasard, comme 1b671a64-40d5-491e-99b0-da01ff1f3341",
        )
    return value


def _check_language(value: str) -> str:
    """Return `value` if it is "fr", the engine's only language; otherwise raise ContentError.

    With another value, French pages would tell browsers and screen readers the wrong language.
    """
    if value != "fr":
        raise ContentError(
            f"« {value} » : le logiciel n'écrit encore ses pages qu'en français",
            'écrivez langue = "fr", ou effacez cette ligne',
        )
    return value


# How many times, at most, invalid settings are dropped: dropping one may make its group invalid.
_MOST_ROUNDS = 8


def _check_contact(value: str) -> str:
    """Return the URL of a form unchanged, or an e-mail address, checked, without « mailto: »."""
    kind, _, mailbox = value.partition("mailto:")
    return value if kind else check_post_address(mailbox)


ContactAddress = Annotated[WebAddressOrEmail, AfterValidator(_check_contact)]


class Tiles(Part):
    """Map tiles of another host, loaded only after a click."""

    name: Text = Field(alias="nom")
    host: WebAddress = Field(alias="hote")
    # A URL with {z}, {x} and {y}, in Leaflet's format.
    url: Annotated[Text, Field(pattern=r"^https://[^\s\"<>]+$")] = Field(alias="modele")
    credit: Text = Field(alias="credit")
    max_zoom: int = Field(18, alias="zoom_max", ge=1, le=22)


class Words(Part):
    """A network's own words for a content type; they replace the words of its `Kind`."""

    singular: Text | None = Field(None, alias="singulier")
    plural: Text | None = Field(None, alias="pluriel")
    feminine: YesNo | None = Field(None, alias="feminin")
    index_title: Text | None = Field(None, alias="titre")
    prefix: Annotated[Text, Field(pattern=r"^/([a-z0-9]+(-[a-z0-9]+)*/)+$")] | None = Field(
        None, alias="adresse"
    )


def _check_host(value: str) -> str:
    encode_host(urlsplit(value).hostname or "", value)
    return value


class MapView(Part):
    """Départements that a button of the map shows."""

    title: Text = Field(alias="titre")
    departments: tuple[Text, ...] = Field(alias="departements")


# A name has a dot, so that no page has a folder of this name. CNAME, which GitHub Pages reads, is
# accepted as well.
_FILE_NAME = compile_late(r"CNAME|(?:\.well-known/)?(?=[^/]{1,80}$)[\w-]*(?:\.[\w-]+)+", re.ASCII)
_RESERVED = compile_late(r"(?i)\.maille|(?:.*/)?(?:con|prn|aux|nul|(?:com|lpt)\d)\..*")


class Config(Part):
    """The contents of `site.toml`."""

    name: Text = Field(alias="nom")
    short_name: Text = Field(alias="nom_court")
    tagline: Text = Field(alias="accroche")
    description: Text = Field(alias="description")
    address: Annotated[WebAddress, AfterValidator(_check_host)] = Field(alias="adresse")
    language: Annotated[Text, AfterValidator(_check_language)] = Field("fr", alias="langue")
    time_zone: TimeZone = Field(alias="fuseau")
    state: Literal["demonstration", "public"] = Field(alias="etat")
    # The source of the ids in feeds and calendars: do not change it, even if the address changes.
    identity: Annotated[Text, AfterValidator(_check_uuid)] | None = Field(None, alias="identifiant")
    # Who publishes the site, who hosts it, and when the network agreed to the use of its name.
    publisher: Text | None = Field(None, alias="editeur")
    hosting: Text | None = Field(None, alias="hebergeur")
    agreed_on: Day | None = Field(None, alias="accord_du_reseau")
    data_licence: Text | None = Field(None, alias="licence_des_donnees")
    # Where to write: an e-mail address, or the address of a form.
    contact: ContactAddress | None = Field(None, alias="contact")
    # The network's own site, where visitors are sent as long as this site has no contact.
    network_site: WebAddress | None = Field(None, alias="site_du_reseau")
    repository: WebAddress | None = Field(None, alias="depot")
    usual_headings: tuple[Text, ...] = Field((), alias="rubriques_des_lettres")
    menu: tuple[MenuLink, ...] = Field((), alias="menu")
    foot: tuple[MenuItem, ...] = Field((), alias="pied")
    tiles: Tiles | None = Field(None, alias="fond_detaille")
    # A record is near a commune up to this distance, in kilometres.
    near_distance: int = Field(100, alias="distance_proche", ge=1, le=1000)
    map_views: tuple[MapView, ...] = Field((), alias="vues_de_la_carte")
    # How many records a demonstration shows: invented ones are added to reach this number.
    examples: int = Field(0, alias="exemples", ge=0, le=10_000)
    introduction: Introduction | None = Field(None, alias="presentation")
    words: Mapping[str, Words] = Field(default_factory=dict, alias="mots")
    # Files published as they are, by path: hosts and search engines ask for some (CNAME).
    files: Mapping[str, str] = Field(default_factory=dict, alias="fichiers")
    letter: LetterSettings = Field(
        default_factory=lambda: LetterSettings.model_validate({}), alias="lettre"
    )

    editions: tuple[Edition, ...] = Field((), alias="editions")

    _text: str = PrivateAttr("")
    _doubtful: Mapping[int, str] = PrivateAttr(default_factory=dict)

    def model_post_init(self, context: Any) -> None:
        """Store the text of the file and its doubtful lines, given as pydantic's context."""
        if context:
            self._text, self._doubtful = context["text"], context["doubtful"]

    @property
    def path(self) -> str:
        """Return the path of `site.toml`."""
        return CONFIG_FILE

    @property
    def doubtful(self) -> Mapping[int, str]:
        """Return the lines that could not be read as typed, by number."""
        return self._doubtful

    def make_problem(
        self, path: KeyPath, message: str, hint: str, level: Level = Level.ERROR
    ) -> Problem:
        """Return a problem at the line that sets `path`, such as `("editions", 1, "public")`."""
        return _make_problem(path, self._text, message, hint, level)

    def rename_kind(self, kind: Kind) -> Kind:
        """Return a kind with the words that `site.toml` gives for it, if any.

        A kind without pages, or whose pages are at the root of the site, keeps its prefix.
        """
        if kind.name not in self.words:
            return kind
        given = self.words[kind.name].model_dump(exclude_none=True)
        if kind.prefix in {"", "/"}:
            given["prefix"] = kind.prefix
        return replace(kind, **given)

    def may_publish(self, name: str) -> bool:
        """Return whether a file under `[fichiers]` may have this name."""
        return bool(_FILE_NAME.fullmatch(name)) and not _RESERVED.fullmatch(name)

    def introduce_files(self) -> str:
        """Return the start of a hint that says where to add lines to `[fichiers]`."""
        if self.files:
            return f"ajoutez sous [fichiers], dans {CONFIG_FILE} :"
        return f"ajoutez à la fin de {CONFIG_FILE} :\n[fichiers]"

    @property
    def menu_groups(self) -> tuple[tuple[str, tuple[MenuLink, ...]], ...]:
        """Return (name, links) for each group of the menu; the name is "" for a link alone."""
        return group_links(self.menu)

    @property
    def perimeter(self) -> frozenset[str]:
        """Return the codes of the network's départements; none if it covers all of France.

        They are the départements of the map views; there are none if one view lists none.
        """
        if not all(view.departments for view in self.map_views):
            return frozenset()
        return frozenset(code for view in self.map_views for code in view.departments)

    def list_unknowns(self) -> Iterator[str]:
        """Yield, in French, the settings that the owner of the site has not decided yet."""
        if self.contact is None:
            yield "l'adresse électronique du réseau (contact)"
        if self.repository is None:
            yield "l'adresse où les fichiers sont publiés (depot)"
        if self.host.endswith(".example"):
            yield "l'adresse définitive du site (adresse)"
        if self.data_licence is None:
            yield "la licence des données de l'annuaire (licence_des_donnees)"
        if self.identity is None:
            yield "l'identifiant des flux, qui survit à l'adresse du site (identifiant)"

    @property
    def mailbox(self) -> str | None:
        """Return the contact if it is an e-mail address, else None."""
        return self.contact if self.contact and "://" not in self.contact else None

    @property
    def host(self) -> str:
        """Return the host of the site's address, without the port."""
        return urlsplit(self.address).hostname or ""

    @property
    def namespace(self) -> uuid.UUID:
        """Return the UUID from which the ids of feeds and calendars are derived."""
        if self.identity:
            return uuid.UUID(self.identity)
        return uuid.uuid5(uuid.NAMESPACE_URL, self.address)

    @property
    def is_demonstration(self) -> bool:
        """Return whether the site says that it is not official, and asks not to be indexed."""
        return self.state == "demonstration"


def read_config(source: SourceFile) -> tuple[Config, tuple[Problem, ...]]:
    """Return the settings and the problems of `site.toml`.

    A required setting that is missing or invalid has a stand-in, so that the content is checked all
    the same.
    """
    problems: list[Problem] = []
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        message = "ce fichier n'est pas enregistré en UTF-8"
        hint = "dans votre éditeur, choisissez « Enregistrer sous… » puis l'encodage UTF-8"
        problems.append(Problem(source.path, message, hint, line=line, column=1))
        text = source.data.decode("cp1252", errors="replace")
    found = read_toml(text.replace("\r\n", "\n"))
    config, faults = _validate(found, text)
    made = [_make_problem(f.path, text, f.message, f.hint) for f in faults]
    wrong = {one.line: one for one in made if _is_set_at(found.doubtful.get(one.line, ""), one.key)}
    problems += [wrong.get(one.line, one.make_problem(source.path)) for one in found.mistakes]
    return config, (*problems, *drop_doubtful(made, [config]))


def _is_set_at(line: str, key: str) -> bool:
    """Return whether a line that could not be read as typed sets a key.

    If so, and if the repaired value is not valid for the key, only the error of the key is
    reported: for `exemples = beaucoup`, the TOML hint would be to type `exemples = "beaucoup"`.
    """
    return bool(key) and bool(re.match(rf"\s*{re.escape(key.rpartition('.')[2])}\s*[=:]", line))


def _validate(read: TomlText, text: str) -> tuple[Config, list[Fault]]:
    """Return the settings, with stand-ins for invalid ones, and the faults.

    `text` is the text of the file, and `read` its values.
    """
    context = {"text": text, "doubtful": read.doubtful}
    unsure = {word for line in read.doubtful.values() for word in re.findall(r"[\w-]+", line)}
    errors = _find_errors(read.data, context)
    causes = find_causes(errors, Config)
    faults = [
        _explain_in_toml(one)
        for one in causes
        if one["type"] != "missing" or one["loc"][-1] not in unsure
    ]
    data = read.data
    if "rubriques_des_lettres" in unsure | {one["loc"][0] for one in errors if one["loc"]}:
        # Accept every quoted string of the file as a heading, so that no letter is wrongly blamed.
        data = {**data, "rubriques_des_lettres": re.findall(r'"([^"\n]+)"', text)}
    for _ in range(_MOST_ROUNDS):
        if not (errors := _find_errors(data, context)):
            return Config.model_validate(_freeze(data), context=context), faults
        data = replace_invalid(data, [one["loc"] for one in errors])
    return Config.model_validate(STAND_INS, context=context), faults


def _find_errors(data: Mapping[str, Any], context: Mapping[str, Any]) -> list[ErrorDetails]:
    """Return the errors of pydantic on these settings.

    TOML values already have types (numbers, dates), which the fields accept as well as text.
    """
    try:
        Config.model_validate(_freeze(data), context=context)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _make_problem(
    path: KeyPath, text: str, message: str, hint: str, level: Level = Level.ERROR
) -> Problem:
    """Return a problem at the line that sets `path` in `site.toml`, whose content is `text`."""
    line = _find_line(path, text)
    return Problem(
        CONFIG_FILE, message, hint, level, line=line, column=1, key=format_key_path(path)
    )


def _explain_in_toml(details: ErrorDetails) -> Fault:
    """Return a pydantic error in French; for the usual errors, the hint shows TOML syntax."""
    fault = explain_error(details, Config)
    key = str(details["loc"][-1])
    match details["type"]:
        case "missing":
            return replace(fault, hint=f'ajoutez une ligne : {key} = "…"')
        case "tuple_type":
            return replace(fault, hint=f'écrivez des crochets : {key} = ["…"]')
        case "string_type":
            return replace(fault, hint=f'écrivez un texte entre guillemets : {key} = "…"')
        case "int_parsing" | "int_type" | "int_from_float":
            message = f"« {details['input']} » n'est pas un nombre entier"
            return replace(fault, message=message, hint=f"écrivez par exemple {key} = 18")
        case "greater_than_equal":
            message = f"« {details['input']} » est trop petit"
            return replace(fault, message=message, hint=f"écrivez {key} = {details['ctx']['ge']}")
        case "less_than_equal":
            message = f"« {details['input']} » est trop grand"
            return replace(fault, message=message, hint=f"écrivez {key} = {details['ctx']['le']}")
        case "string_pattern_mismatch" if key == "modele":
            hint = "écrivez une adresse en https, avec {z}, {x} et {y}"
            return replace(fault, hint=hint)
    return replace(fault, hint=fault.hint.replace(f"{key}: …", f'{key} = "…"'))


def _freeze(value: object) -> object:
    """Return the value with its lists replaced by tuples, at any depth."""
    if isinstance(value, list):
        return tuple(_freeze(item) for item in value)
    if isinstance(value, dict):
        return {key: _freeze(item) for key, item in value.items()}
    return value


def _find_line(location: KeyPath, text: str) -> int:
    """Return the number of the line that sets `location`, found by search in the text.

    tomllib keeps no positions. A step that is not found has the line of the step before it.
    """
    position, above = 0, ""
    for step in location:
        if isinstance(step, int):  # the first `[[menu]]` was found: find the one with this number
            for _ in range(step):
                position = _find_after(r"^\s*\[\[", text, position + 1)
        else:
            name = rf'(?:{re.escape(above)})?"?{re.escape(step)}\b'  # « [[presentation.liens]] »
            position = _find_after(rf"^\s*\[*\s*{name}", text, position)
            above = f"{above}{step}."
    return text.count("\n", 0, position) + 1


def _find_after(pattern: str, text: str, position: int) -> int:
    """Return the offset of the next match, without leading blanks; `position` if there is none."""
    found = re.compile(pattern + r"\s*", re.MULTILINE).search(text, position)
    return text.index(found[0].strip(), found.start()) if found else position
