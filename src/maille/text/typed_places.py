"""Guess the official names of places from what people type.

This module has no list of communes: the gazetteer decides which reading is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from maille.text.patterns import compile_late

# The French territories without inhabitants, by INSEE code: they have no commune.
UNINHABITED = {
    "984": "Terres australes et antarctiques françaises",
    "989": "Île de Clipperton",
}
# The régions before 2016 and other names in use → the slug of the région today.
FORMER_REGIONS = {
    "Alsace": "grand-est",
    "Aquitaine": "nouvelle-aquitaine",
    "Auvergne": "auvergne-rhone-alpes",
    "Basse-Normandie": "normandie",
    "Bourgogne": "bourgogne-franche-comte",
    "Centre": "centre-val-de-loire",
    "Champagne-Ardenne": "grand-est",
    "Franche-Comté": "bourgogne-franche-comte",
    "Haute-Normandie": "normandie",
    "Languedoc-Roussillon": "occitanie",
    "Limousin": "nouvelle-aquitaine",
    "Lorraine": "grand-est",
    "Midi-Pyrénées": "occitanie",
    "Nord-Pas-de-Calais": "hauts-de-france",
    "Picardie": "hauts-de-france",
    "Poitou-Charentes": "nouvelle-aquitaine",
    "Réunion": "la-reunion",
    "Rhône-Alpes": "auvergne-rhone-alpes",
}
# Places abroad that people in France may type. The search says that they are abroad, instead of
# proposing a village with a similar name. First come towns, then countries, except those whose name
# is also a first name or a town of France.
PLACES_ABROAD = """
Aix-la-Chapelle Alexandrie Alger Amsterdam Ankara Annaba Antananarivo Anvers Arlon Athènes
Bagdad Bakou Bâle Bamako Bangui Barcelone Belgrade Berlin Beyrouth Bienne Bilbao Birmingham
Bogota Bonn Bratislava Brazzaville Bruxelles Bucarest Budapest Buenos-Aires Bujumbura Caracas
Casablanca Charleroi Chicago Conakry Constantine Copenhague Cotonou Cracovie Dakar Damas
Delémont Djibouti Douala Dresde Dublin Düsseldorf Édimbourg Fès Florence Francfort Gand Gatineau
Gênes Genève Gérone Glasgow Guernesey Hambourg Hanoï Helsinki Istanbul Jersey Jérusalem Kiev
Kigali Kinshasa La-Chaux-de-Fonds La-Havane La-Louvière Lausanne Leipzig Libreville Lima
Lisbonne Liverpool Ljubljana Lomé Londres Los-Angeles Louvain Lubumbashi Lucerne Lugano
Luxembourg Madrid Malines Manchester Marrakech Mayence Meknès Mexico Milan Monaco Moroni Moscou
Munich Namur Nairobi Naples Neuchâtel New-York N'Djamena Niamey Nicosie Nouakchott Nyon Oran
Oslo Ostende Ottawa Ouagadougou Palerme Pampelune Pékin Porto Port-au-Prince Prague Québec Quito
Rabat Reykjavik Riga Rome Rotterdam Sarrebruck Sarajevo Séville Sfax Sherbrooke Sofia Stockholm
Stuttgart Tallinn Tanger Tirana Tokyo Toronto Tournai Tunis Turin Utrecht Varsovie Vatican
Verviers Vevey Vilnius Vintimille Washington Winterthour Yamoussoukro Yaoundé Yverdon Zagreb
Zurich

Afghanistan Afrique-du-Sud Albanie Algérie Allemagne Andorre Angleterre Angola Arabie-saoudite
Arménie Australie Autriche Azerbaïdjan Bangladesh Belgique Bénin Biélorussie Birmanie Bolivie
Bosnie-Herzégovine Botswana Brésil Bulgarie Burkina-Faso Burundi Cambodge Cameroun Canada Cap-Vert
Centrafrique Chili Chine Chypre Colombie Comores Congo Corée-du-Nord Corée-du-Sud Costa-Rica
Côte-d'Ivoire Croatie Cuba Danemark Écosse Égypte Émirats-arabes-unis Équateur Érythrée Espagne
Estonie États-Unis Éthiopie Finlande Gabon Gambie Géorgie Ghana Grande-Bretagne Grèce Guatemala
Guinée Guinée-Bissau Guinée-équatoriale Haïti Honduras Hongrie Île-Maurice Inde Indonésie Irak
Iran Irlande Irlande-du-Nord Islande Israël Italie Jamaïque Japon Jordanie Kazakhstan Kenya Kosovo
Koweït Laos Lettonie Liban Libéria Libye Liechtenstein Lituanie Macédoine-du-Nord Madagascar
Malaisie Malawi Mali Malte Maroc Mauritanie Mexique Moldavie Mongolie Monténégro Mozambique
Namibie Népal Nicaragua Niger Nigeria Norvège Nouvelle-Zélande Oman Ouganda Ouzbékistan Pakistan
Palestine Panama Paraguay Pays-Bas Pays-de-Galles Pérou Philippines Pologne Portugal Qatar
République-dominicaine République-tchèque Roumanie Royaume-Uni Russie Rwanda Saint-Marin Salvador
Sénégal Serbie Seychelles Sierra-Leone Singapour Slovaquie Slovénie Somalie Sri-Lanka Suède
Suriname Syrie Taïwan Tanzanie Tchad Tchéquie Thaïlande Togo Tunisie Turquie Ukraine Uruguay
Venezuela Viêt-Nam Vietnam Wallonie Yémen Zambie Zimbabwe
"""
_CEDEX = compile_late(r"[\s,-]+cedex\b.*$", re.IGNORECASE)
_POSTCODE = compile_late(r"^\d{5}[\s,-]+|[\s,]+\(?\d{5}\)?$|\s*\(\s*(?:\d{2,3}|2[ABab])\s*\)$")
_ARRONDISSEMENT = compile_late(
    r"[\s,(-]+\d{1,2}\s*(?:er|ère|[eè]me|nd|e)?(?:\s*arr(?:ondissement|\.)?)?\)?$", re.IGNORECASE
)
_COUNTRY = compile_late(r"[\s,]+\(?france\)?$", re.IGNORECASE)
_ARTICLE = compile_late(r"(.+?)[\s,]*\(?\b(le|la|les|l['’])\)?$", re.IGNORECASE)


def list_readings(typed: str) -> Iterator[str]:
    """Yield the names of communes, other than `typed`, that `typed` may mean, the likeliest first.

    For example, yield « Lyon » for « Lyon Cedex 03 », « Dijon » for « Dijon (21000) » and « Le
    Havre » for « Havre (Le) ».
    """
    name, before = typed.strip(), ""
    while name != before:  # « 69003 Lyon Cedex 03, France »
        before = name
        for part in (_COUNTRY, _CEDEX, _POSTCODE, _ARRONDISSEMENT):
            name = part.sub("", name).strip(" ,")
    if name and name != typed:
        yield name
    if found := _ARTICLE.fullmatch(name):
        article, name = found[2].capitalize(), found[1].strip(" ,(")
        yield f"{article}{name}" if article.endswith(("'", "’")) else f"{article} {name}"


def find_uninhabited(code: str) -> str:
    """Return the name of the uninhabited territory that has this INSEE code, or "" if none has.

    `code` is the code of the territory, or any code of five digits that begins with it.
    """
    known = re.fullmatch(r"9\d\d(?:\d\d)?", code.strip())
    return UNINHABITED.get(code.strip()[:3], "") if known else ""
