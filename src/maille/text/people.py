"""Find people in text: their names, mobile numbers and personal e-mail addresses.

These are guesses: whatever looks like a person's data is left out or asked about, never published.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from maille.text.names import make_slug
from maille.text.typed_numbers import repair_phone

# Names of mailboxes that belong to a role, not to a person.
_ROLE_WORDS = (
    "accueil actualites adherents administration adhesion agence agenda antenne asso association "
    "atelier bonjour boutique bureau cafe catalyse cci centre cma collectif com communication "
    "compta comptabilite conseil contact contacts coop coordination coucou direction dg ecole "
    "espace ess evenement evenements fablab federation fondation formation france gestion hello "
    "infos info jeunesse lieu lettre mairie maison mediation moncompte mutuelle newsletter "
    "partenariat partenariats pepiniere pole prefecture presidence presse projet projets reception "
    "region relais relation reseau reservation rh salut secretariat service social sophrologie "
    "support tiers tierslieu tourisme urbanisme vie ville web webmaster"
)
ROLES = frozenset(_ROLE_WORDS.split())
_SAINTS = frozenset(["saint", "sainte", "st", "ste"])
# Words in the names of organisations' mailboxes, alone or joined to others.
_SERVICE = re.compile(
    r"services?$|^services?|franceservice|msap|accueil|mairie|maison|social|communaute|^communes?$"
    r"|association|^ccas|^cias|^cap$|^(?:efs|mds|mfs|msp|pfsp|rsp)$|developpement|solidair|mediatheque|bibliotheque"
    r"|^mobile$|^forum$|^(?:nord|sud)$"
)
_ACRONYM = re.compile(r"[^aeiou\d]{3,6}\d*")  # « pnr », « cctb24 »: people's names have a vowel
# The first words of the hosts of mail providers for the public.
_FREE_WORDS = (
    "gmail googlemail hotmail outlook live yahoo orange wanadoo free sfr laposte icloud me msn aol "
    "bbox neuf numericable protonmail proton gmx ymail club-internet aliceadsl mailo"
)
_FREE = frozenset(_FREE_WORDS.split())
_FIRST_NAME_WORDS = (
    "adele adrien agathe agnes alain albert alex alexandra alexandre alexis alice aline alix "
    "amandine amelie anais andre andrea andree angelique anna anne annick annie anthony antoine "
    "antonin arnaud arthur aude audrey aurelie aurelien axel baptiste beatrice benedicte benjamin "
    "benoit bernadette bernard bertrand brigitte bruno camille carine carole caroline catherine "
    "cecile cedric celine chantal charles charlotte christelle christian christiane christine "
    "christophe claire clara claude claudine clement clementine colette corentin corinne cyril "
    "cyrille damien daniel daniele danielle david deborah delphine denis denise didier dominique "
    "dorothee edith edouard elena eliane elisabeth elise elodie emilie emma emmanuel emmanuelle "
    "eric estelle esther etienne eugenie eva eve fabien fabienne fabrice fanny fatima fernand "
    "flavie florence florent floriane francine francis franck francois francoise frederic "
    "frederique gabriel gaelle gael genevieve georges gerald geraldine gerard germain gilbert "
    "gilles ginette gisele gregory guillaume guy gwenaelle helene henri herve hubert hugo hugues "
    "ingrid irene isabelle jacqueline jacques jean jeanne jeremie jeremy jerome jessica joel "
    "joelle "
    "johanna jonathan josephine josette josiane judith jules julia julie julien juliette justine "
    "karim karine kevin laetitia laura laure laurence laurent laurie lea leila leo leon lise "
    "loic louis louise luc lucas lucie lucien lucile ludivine ludovic lydia lydie madeleine magali "
    "manon marc marcel margaux margot marguerite maria marianne marie mariam marine marion "
    "marjorie marlene martin martine mathias mathieu mathilde matthieu maud maurice max maxime "
    "melanie melissa michel michele micheline mickael mireille mohamed monique morgane muriel "
    "myriam nadege nadia nadine natacha nathalie nathan nicolas nicole noemie nolwenn olivia "
    "olivier ophelie oscar pascal pascale patrice patricia patrick paul paule pauline perrine "
    "philippe pierre quentin rachel raphael raymond rebecca regine regis remi remy renaud rene "
    "renee robert robin roger roland romain rosalie sabine sabrina samia samuel sandra sandrine "
    "sarah sebastien serge severine simon simone solange solene sonia sophie stephane stephanie "
    "suzanne sylvain sylvie tanguy theo therese thibault thibaut thierry thomas valentin valentine "
    "valerie vanessa veronique victor vincent virginie viviane xavier yann yannick yasmina yves "
    "yvette yvonne yohan zoe"
)
FIRST_NAMES = frozenset(_FIRST_NAME_WORDS.split())
_CIVILITY = re.compile(r"\b(?:Mmes?|Mlles?|MM?\.|Mr\.?|Madame|Monsieur|Mademoiselle)\s+[A-ZÀ-Ý]\w+")
_MOBILE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)33[\s.]*(?:\(0\))?[\s.]*|0)[67](?:[\s.-]?\d\d){4}(?!\d)"
)
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CAPITALISED = r"(?:[A-ZÀ-Ý][\w'’-]+)"
_NAMES = re.compile(rf"(?<![\w'’])({_CAPITALISED})(?=(\s+{_CAPITALISED}))")
# Words that, before the name of a person, make it the name of a place or an organisation.
_NAMED_AFTER = re.compile(
    r"\b(?:rue|avenue|av\.?|bd|boulevard|place|allee|impasse|square|quai|cours|chemin|route|passage"
    r"|fondation|institut|lycee|college|ecole|centre|maison|espace|halle|stade|gymnase|hopital"
    r"|universite|prix|salle|theatre|residence|foyer|fonds|association|esplanade|villa|cite|pont"
    r"|mediatheque|bibliotheque|batiment|immeuble|parc|tour|saint|port|librairie|cafe|atelier"
    r"|societe|ets|groupe|domaine|campus|jardin|ferme|usine|l|la|le|les)(?: (?:de|du|d))?\W*$"
)
_AT_HOME = re.compile(
    r"(?:^|[\s,;(])(?:chez|c/o|à l['’]attention de|aux bons soins de)\s", re.IGNORECASE
)
# A part of an address that begins with a word for a street or a district.
_STREET = re.compile(
    r"(?<![^\W\d_])(?:rue|avenue|av\.?|bd|boulevard|place|all[ée]e|impasse|square|quai|cours|chemin"
    r"|route|passage|mail|esplanade|promenade|rond-point|faubourg|quartier|z\.?[ia]\.?|zac|zone|cit[ée]"
    r"|r[ée]sidence|hameau|lieu-?dit|croix|centre|parc|villa|b[âa]timent|immeuble|domaine|p[ôo]le)"
    r"\s[^,;\n(]*",
    re.IGNORECASE,
)
_PERSONAL_PAGE = re.compile(r"linkedin\.com/in/|facebook\.com/profile\.php|viadeo\.", re.IGNORECASE)


def is_mobile(typed: str) -> bool:
    """Return whether a text is a mobile number: these usually belong to one person."""
    return bool(re.match(r"0[67]", repair_phone(typed)))


def is_personal_mailbox(address: str, structure: str = "") -> bool:
    """Return whether an e-mail address is a person's: « camille.exemple@… », « c.exemple@… ».

    `structure` has the names of the organisation and of its commune. The first rule that fits
    decides:

    - With only words of these names, of its host or of a role, it is the organisation's.
    - With a first name, or an initial and a name, it is a person's.
    - With a word of these names, of its host, of a role or of a service, it is the organisation's.
      At a host of its own, an acronym or a part of the host's name is the organisation's too.
    - With several words, it is a person's.
    - A single word at a provider for the public is a person's, unless it comes from the name of the
      organisation. Any other single word is the organisation's.
    """
    name, _, host = address.strip().lower().partition("@")
    domain = make_slug(host.partition(".")[0])
    own = {*make_slug(structure).split("-"), *domain.split("-")}
    parts = [part for part in re.split(r"[._+-]", make_slug_of(name)) if part]
    saints = {part for before, part in itertools.pairwise(parts) if before in _SAINTS}
    known = own | ROLES | saints | _SAINTS
    names = [part for part in parts if part not in known and not part.isdecimal()]
    if not names:
        return False
    if any(part in FIRST_NAMES for part in names) or _has_initial(parts, names):
        return True
    if any(_is_of_service(part, own) for part in parts):
        return False
    if domain not in _FREE and any(map(_ACRONYM.fullmatch, parts)):
        return False
    whole = "".join(parts)
    if len(whole) > 2 and domain not in _FREE and (whole in domain or domain in whole):
        return False
    if len(parts) > 1:
        return True
    return domain in _FREE and not _is_made_of(whole, make_slug(structure).split("-"))


def _has_initial(parts: list[str], names: list[str]) -> bool:
    """Return whether a mailbox is an initial and a name: « c.exemple », « exemple-c ».

    `parts` are the words of the mailbox; `names` are those that are neither a role, nor a number,
    nor a word of the organisation's name or host.
    """
    others = [part for part in names if len(part) > 2 and not _SERVICE.search(part)]
    return len(parts) == 2 and bool(others) and any(len(part) == 1 for part in parts)


def _is_of_service(part: str, own: Iterable[str]) -> bool:
    """Return whether a part of a mailbox is a number, a role, a service or a word of `own`.

    `own` has the words of the organisation's name and of the host. A part that only contains one of
    them counts too, if that word has 4 letters or more.
    """
    if part in ROLES or part.isdecimal() or _SERVICE.search(part) or part in own:
        return True
    return any(len(one) > 3 and one in part for one in own)


def make_slug_of(name: str) -> str:
    """Return the name of a mailbox, the part before « @ », as a slug in which dots stay."""
    return ".".join(make_slug(part) for part in name.split("."))


def _is_made_of(word: str, names: Iterable[str]) -> bool:
    """Return whether a word contains a role, or comes from the words or initials of `names`."""
    known = [name for name in names if name]
    initials = "".join(name[0] for name in known)
    roles = any(len(role) > 3 and role in word for role in ROLES)
    squashed = "".join(known)
    return (
        roles
        or any(len(one) > 3 and one in word for one in known)
        or word[:3] in initials
        or (len(word) > 3 and word in squashed)
    )


def find_person(text: str) -> str:
    """Return words of a text that look like a person's name, mobile number or mailbox, or "".

    A name after a title is searched for first, then a number, a mailbox, a first name and a name.
    """
    for pattern in (_CIVILITY, _MOBILE):
        if found := pattern.search(text):
            return found[0].strip()
    for found in _MAILBOX.finditer(text):
        if is_personal_mailbox(found[0]):
            return found[0]
    for found in _NAMES.finditer(text):
        first = make_slug(found[1]).split("-")[0]
        if first in FIRST_NAMES and not _follows_a_place(text[: found.start()]):
            return found[1] + found[2]
    return ""


def _follows_a_place(before: str) -> bool:
    return bool(_NAMED_AFTER.search(make_slug(before[-40:]).replace("-", " ")))


def find_person_in_address(text: str) -> str:
    """Return the words of a postal address that name a person, such as « chez … », or "".

    A person after whom a street, a square or a district is named does not count.
    """
    found = _AT_HOME.search(text)
    return text[found.start() :].strip(" ,;(") if found else find_person(_STREET.sub(" ", text))


def is_personal_page(address: str) -> bool:
    """Return whether a web address is the profile of a person on a social network."""
    return bool(_PERSONAL_PAGE.search(address))
