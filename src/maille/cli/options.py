"""The arguments of the commands: how each is read, and what its help says."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from maille.cli.argument_types import (
    make_integer_parser,
    parse_base_url,
    parse_date,
    parse_forge,
    parse_letter,
    parse_list,
)

# The keyword arguments of `add_argument`, for each argument of the commands.
ARGUMENTS: Mapping[str, Mapping[str, Any]] = {
    "kind": {"choices": ["lettre"], "metavar": "lettre", "help": "ce qui est à préparer"},
    "name": {"metavar": "NOM", "help": "le nom, entre guillemets droits"},
    "record": {"metavar": "FICHE", "help": "le fichier de la fiche, ou son nom seul"},
    "new": {"metavar": "NOUVEAU", "help": "le nouveau nom, sans dossier"},
    "file": {
        "metavar": "FICHIER",
        "help": "le message, en texte ou en .eml ; - : l'entrée standard",
    },
    "table": {"metavar": "FICHIER", "help": "le tableau ; lu, jamais changé"},
    "export": {"metavar": "FICHIER", "help": "le fichier à écrire : .xlsx, .csv ou .geojson"},
    "--dans": {
        "dest": "within",
        "metavar": "TABLEAU",
        "help": "complète une copie de ce classeur .xlsx, dont le reste ne change pas",
    },
    "--depuis": {
        "dest": "source",
        "metavar": "FICHIER",
        "help": "reprend une lettre d'un autre outil, enregistrée en .html ou en .md",
    },
    "--essai": {"action": "store_true", "dest": "trial", "help": "dit tout, et n'écrit rien"},
    "--seulement-les-bonnes": {
        "action": "store_true",
        "dest": "only_good",
        "help": "écrit les lignes sans faute ; les autres vont dans un fichier à corriger",
    },
    "--en-conflit": {
        "choices": ["tableau", "fiche"],
        "dest": "side",
        "metavar": "LEQUEL",
        "help": "qui a raison là où le tableau et la fiche ont changé tous deux : tableau ou fiche",
    },
    "--retirer": {
        "action": "store_true",
        "dest": "retire",
        "help": "retire les fiches qui ne sont plus dans le fichier",
    },
    "--verifiee": {
        "action": "store_true",
        "dest": "verified",
        "help": "note aussi que la structure a relu la fiche aujourd'hui (verifie_le)",
    },
    "--ouvrir": {
        "action": "store_true",
        "dest": "opening",
        "help": "dit ce qui reste à donner avant d'ouvrir le site au public",
    },
    "--rapport": {
        "action": "store_true",
        "dest": "quality",
        "help": "dit ce qui manque aux fiches, et quoi demander à chaque structure",
    },
    "--promesses": {
        "action": "store_true",
        "dest": "promises",
        "help": "dit ce que projets et lettres ont annoncé, et dont la suite n'est pas dite",
    },
    "--reseau": {
        "action": "store_true",
        "dest": "network",
        "help": "demande aussi aux autres sites si les liens vers eux répondent encore",
    },
    "--oui": {"action": "store_true", "dest": "yes", "help": "écrit sans demander"},
    "--historique": {
        "action": "store_true",
        "dest": "history",
        "help": "donne les anciennes versions de fichiers, dans git, où le nom est écrit",
    },
    "letter": {
        "type": parse_letter,
        "metavar": "AAAA-MM",
        "help": "le mois de la lettre, ou le nom de son fichier sans .md",
    },
    "--root": {"type": Path, "metavar": "DOSSIER", "help": "le dossier du site (défaut : ici)"},
    "--output": {
        "type": Path,
        "metavar": "DOSSIER",
        "help": "où écrire le site (défaut : output/)",
    },
    "--base-url": {
        "type": parse_base_url,
        "metavar": "ADRESSE",
        "help": "l'adresse sous laquelle il sera servi (défaut : /)",
    },
    "--publie": {
        "type": parse_list,
        "dest": "published",
        "metavar": "FICHIER",
        "help": "le fichier adresses.txt du site en ligne (défaut : celui de la sortie)",
    },
    "--date": {
        "type": parse_date,
        "metavar": "AAAA-MM-JJ",
        "help": "le jour à prendre pour aujourd'hui",
    },
    "--brouillons": {
        "action": "store_true",
        "dest": "drafts",
        "help": "prend aussi les brouillons et l'à-venir",
    },
    "--json": {"action": "store_true", "help": "écrit les problèmes et les comptes en JSON"},
    # For continuous integration only (maille.cli.annotations), so the help hides it.
    "--annotations": {"type": parse_forge, "metavar": "FORGE", "help": argparse.SUPPRESS},
    "--profil": {
        "action": "store_true",
        "dest": "profile",
        "help": "dit de quoi le temps est fait, étape par étape",
    },
    "--memoire": {
        "type": Path,
        "dest": "cache",
        "metavar": "DOSSIER",
        "help": "où garder ce que la lecture des fichiers a donné (défaut : .maille/)",
    },
    "--sans-memoire": {
        "action": "store_true",
        "dest": "uncached",
        "help": "lit et dessine tout de nouveau, sans rien garder",
    },
    "--processus": {
        "type": make_integer_parser("un nombre de processus", 64, "un nombre de 1 à 64"),
        "metavar": "N",
        "dest": "processes",
        "help": "combien de processus se partagent le travail (défaut : un par cœur)",
    },
    "--pdf": {"action": "store_true", "help": "ajoute un PDF"},
    "--a-envoyer": {
        "action": "store_true",
        "dest": "as_draft",
        "help": "fait un .eml qu'une messagerie ouvre comme un message à envoyer",
    },
    "--port": {
        "type": make_integer_parser("un port", 65535, "un nombre comme 8000"),
        "metavar": "N",
        "help": "le port de cette machine (défaut : 8000)",
    },
}
