"""Find the key of a column from its heading, and whether the column names people."""

from __future__ import annotations

import re
from collections.abc import Mapping

from maille.schema.kind import Kind, list_parts, map_keys
from maille.text.names import make_slug

# The name, among keys, of the text below the front matter of a record.
BODY = "texte"
# The column of an export that shows whether a record has changed since the export.
VERSION = "version"
# Keys about the life of a record on this site, which an editor's sheet cannot have.
_OURS = ("brouillon", "exemple", "contact_cherche_le", "relecture_demandee_le")
# Key → the usual headings of a column with that key, as slugs separated by spaces.
_COLUMNS = {
    "nom": "nom structure organisme organisation raison-sociale denomination intitule libelle "
    "etablissement acteur entite titre name title nom-de-la-structure nom-structure lieu "
    "nom-de-l-organisme nom-organisme nom-du-lieu nom-de-l-association nom-association "
    "nom-usuel nom-de-l-organisation nom-de-l-etablissement nom-d-usage association tiers-lieu",
    "autres_noms": "sigle acronyme autre-nom autres-noms alias ancien-nom anciens-noms",
    "profil": "profil type categorie type-de-structure type-d-acteur type-structure nature "
    "statut-juridique forme-juridique famille type-d-organisme profil-d-acteur",
    "pratiques": "pratique pratiques",
    "activites": "activite activites actions",
    "themes": "theme themes thematique thematiques domaine domaines domaine-d-action "
    "domaines-d-action mots-cles secteur secteurs tags categories champ",
    "relation": "relation relation-au-reseau lien-avec-le-reseau adhesion",
    "territoires": "territoire territoires territoire-d-action territoires-d-action "
    "zone-d-intervention zone-d-action perimetre perimetre-d-action rayon-d-action",
    "site": "site site-web site-internet web url lien lien-web website internet page-web "
    "adresse-web www",
    "courriel": "courriel mail e-mail email mel adresse-mail adresse-e-mail adresse-email "
    "adresse-courriel adresse-electronique mail-contact courriel-contact email-contact "
    "mail-de-contact email-de-contact courriel-de-contact e-mail-contact contact-mail "
    "contact-email",
    "telephone": "telephone tel telephones tel-fixe telephone-fixe fixe phone standard n-tel "
    "numero-de-telephone n-de-telephone tel-standard no-de-telephone contact-telephone",
    "resume": "resume accroche presentation-courte description-courte en-une-phrase abstract "
    "en-bref chapo chapeau objet slogan pitch courte-description",
    BODY: "description presentation texte descriptif presentation-longue "
    "description-longue activite-detaillee detail details missions projet",
    "commune": "commune ville localite nom-commune libelle-commune lib-com commune-d-implantation "
    "address-addresslocality addresslocality city nom-de-la-commune",
    "departement": "departement dep dept dpt num-dep insee-dep code-departement n-departement "
    "num-departement code-dept n-dept numero-departement nom-departement",
    "code_insee": "code-insee insee insee-com code-commune commune-insee code-insee-commune "
    "com-insee cog citycode code-com",
    "code_postal": "code-postal cp postal-code address-postalcode postalcode zip codepostal c-p",
    "adresse": "adresse adress adresse-postale rue voie address-streetaddress streetaddress "
    "adresse-1 "
    "adresse-complete numero-et-voie adresse-siege siege-social adresse-du-siege siege",
    "latitude": "latitude lat coord-y geo-latitude y coordonnee-y lat-y",
    "longitude": "longitude long lon lng coord-x geo-longitude x coordonnee-x long-x",
    "mise_a_jour": "mise-a-jour mis-a-jour mis-a-jour-le maj date-maj date-de-mise-a-jour "
    "derniere-mise-a-jour date-mise-a-jour updatedat updated-at derniere-maj modifie-le",
    "verifie_le": "verifie-le verifiee-le date-de-verification",
}
_HEADINGS = {word: key for key, words in _COLUMNS.items() for word in words.split()}
# Key → a second key that the same headings may mean: a description is the summary if no other
# column is one.
_SECOND = {BODY: "resume", "profil": "themes"}

_PEOPLE_WORDS = (
    "prenom prenoms contact contacts referent referente referents referentes responsable "
    "responsables president presidente presidents directeur directrice dirigeant dirigeante "
    "interlocuteur interlocutrice personne personnes representant representante gerant gerante "
    "coordinateur coordinatrice animateur animatrice elu elue maire civilite naissance ne nee "
    "portable portables mobile mobiles gsm perso personnel personnelle commentaire commentaires "
    "note notes remarque remarques observation observations memo historique suivi age genre sexe "
    "famille correspondant correspondante tresorier tresoriere secretaire benevole benevoles "
    "salarie salaries adherent auteur autrice redacteur createur iban rib linkedin firstname "
    "lastname surname"
)
_PEOPLE = frozenset(_PEOPLE_WORDS.split())
_NEVER_WORDS = (
    "siren siret numero-siren numero-siret rna numero-adherent n-adherent num-adh id-adherent "
    "nb-adherents nombre-d-adherents "
    "nombre-de-salaries nb-salaries nombre-de-benevoles nb-benevoles"
)
_NEVER = frozenset(_NEVER_WORDS.split())
_INCLUSIVE = re.compile(r"[·•.\-(]+(?:e|es|rice|trice|ne|euse|ve)\)?(?=\W|$)", re.IGNORECASE)


def list_titles(kind: Kind) -> dict[str, str]:
    """Return the title of each key that a column may have, by key."""
    fields = map_keys(kind.model)
    return {
        key: info.title or key
        for key, info in fields.items()
        if key not in _OURS and not any(list_parts(info.annotation))
    } | {BODY: "Texte", VERSION: "Version"}


def find_keys(heading: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys that a heading may stand for, the likeliest first; () if it is unknown.

    `titles` maps the keys that a column may have to their titles in the guide.
    """
    word = _slug(heading)
    for key, title in titles.items():
        if word in (key.replace("_", "-"), make_slug(title)) and word not in _HEADINGS:
            return (key,)
    key = _HEADINGS.get(word, "")
    return tuple(one for one in (key, _SECOND.get(key, "")) if one == BODY or one in titles)


def holds_people(heading: str) -> bool:
    """Return whether the column with this heading is about people, or for free notes."""
    word = _slug(_INCLUSIVE.sub("", heading))
    if word in _NEVER or _slug(heading) in _HEADINGS:
        return False
    return bool({*word.split("-")} & _PEOPLE)


def _slug(heading: str) -> str:
    word = make_slug(re.sub(r"\(.*?\)|\*", " ", heading)) or make_slug(heading)
    return re.sub(r"^properties-", "", word)
