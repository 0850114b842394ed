"""Words that name people, or reach them: mobiles, personal mailboxes, a person in a text.

Nothing here is certain: what looks like a person is left out or asked about, never published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from maille.text.names import make_slug
from maille.text.typed_numbers import repair_phone

# Mailboxes of a role, which no person's name is.
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
# Before the name of a person, they make the name of a place or of an organisation.
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
_PERSONAL_PAGE = re.compile(r"linkedin\.com/in/|facebook\.com/profile\.php|viadeo\.", re.IGNORECASE)


def is_mobile(typed: str) -> bool:
    """Return whether a text is a mobile number, which a person usually answers."""
    return bool(re.match(r"0[67]", repair_phone(typed)))


def is_personal_mailbox(address: str, structure: str = "") -> bool:
    """Return whether an e-mail address is a person's: « camille.exemple@… », « c.exemple@… ».

    `structure` has the words of the organisation and of its commune: mailboxes made of them, of the
    name of the host or of a role are its own.
    """
    name, _, host = address.strip().lower().partition("@")
    domain = make_slug(host.partition(".")[0])
    own = {*make_slug(structure).split("-"), *domain.split("-")} | ROLES
    parts = [part for part in re.split(r"[._+-]", make_slug_of(name)) if part]
    if not parts or any(part in own or part.isdecimal() for part in parts):
        return False
    whole = "".join(parts)
    if len(whole) > 2 and domain not in _FREE and (whole in domain or domain in whole):
        return False
    if len(parts) > 1:
        return True
    if whole in FIRST_NAMES:
        return True
    return domain in _FREE and not _is_made_of(whole, make_slug(structure).split("-"))


def make_slug_of(name: str) -> str:
    """Return the name of a mailbox without accents; dots and hyphens stay."""
    return ".".join(make_slug(part) for part in name.split("."))


def _is_made_of(word: str, names: Iterable[str]) -> bool:
    """Return whether a word holds a name of an organisation, or its initials."""
    known = [name for name in names if name]
    initials = "".join(name[0] for name in known)
    roles = any(len(role) > 3 and role in word for role in ROLES)
    return roles or any(len(one) > 3 and one in word for one in known) or word[:3] in initials


def find_person(text: str) -> str:
    """Return the first words of a text that look like a person, a mobile or a mailbox, else ""."""
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
    """Return the words of a postal address that say at whose home it is, else ""."""
    found = _AT_HOME.search(text)
    return text[found.start() :].strip(" ,;(") if found else find_person(text)


def is_personal_page(address: str) -> bool:
    """Return whether a web address is the profile of a person on a social network."""
    return bool(_PERSONAL_PAGE.search(address))
