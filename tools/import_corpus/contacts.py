"""Faults of phones, mailboxes, sites and days."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from tools.import_corpus.model import DRAFT, READ, REPAIRED, TABLES, TOLD, Cell, Kind, Row, Spoiled
from tools.import_corpus.places import spoil_cell

PHONE_FORMS: tuple[Callable[[str], str], ...] = (
    lambda phone: phone.replace(" ", ""),
    lambda phone: phone.replace(" ", "."),
    lambda phone: phone.replace(" ", "-"),
    lambda phone: f"+33 {phone[1:]}",
    lambda phone: f"+33{phone[1:].replace(' ', '')}",
    lambda phone: f"+33 (0){phone[1:]}",
    lambda phone: f"0033 {phone[1:]}",
    lambda phone: phone.replace(" ", "\u00a0"),
    lambda phone: f"Tél. : {phone}",
)


def spoil_phone(
    outcome: str, form: Callable[[str], str], *also: str
) -> Callable[[Row, int], Spoiled]:
    """Return the fault that writes the phone in another `form`."""
    return spoil_cell("telephone", outcome, lambda row, _: form(row.facts["telephone"]), *also)


def spoil_mail(
    outcome: str, form: Callable[[str], str], *also: str
) -> Callable[[Row, int], Spoiled]:
    """Return the fault that writes the mailbox in another `form`."""
    return spoil_cell("courriel", outcome, lambda row, _: form(row.facts["courriel"]), *also)


def spoil_site(
    outcome: str, form: Callable[[str], str], *also: str
) -> Callable[[Row, int], Spoiled]:
    """Return the fault that writes the site in another form, from its host."""
    return spoil_cell("site", outcome, lambda row, _: form(row.facts["site"][8:-1]), *also)


def spoil_day(
    outcome: str, form: Callable[[datetime.date], Cell | str], *also: str
) -> Callable[[Row, int], Spoiled]:
    """Return the fault that writes the day of the last update in another form."""
    return spoil_cell(
        "mise_a_jour",
        outcome,
        lambda row, _: form(datetime.date.fromisoformat(row.facts["mise_a_jour"])),
        *also,
    )


def add_www(row: Row, turn: int) -> Spoiled:
    """Write a site by its host, which begins with `www.`."""
    host = "www." + row.facts["site"][8:-1]
    row.facts["site"] = f"https://{host}/"
    return Spoiled({"site": Cell(host + "/" * (turn % 2))}, REPAIRED, row.facts["site"])


def write_serial(day: datetime.date) -> Cell:
    """Return the serial number of `day`, which a spreadsheet shows when the date format is lost."""
    serial = (day - datetime.date(1899, 12, 30)).days
    return Cell(str(serial), number=serial)


def name_month(day: datetime.date) -> str:
    """Return `day` in French, with the name of its month."""
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"


def write_ambiguous(row: Row, _: int) -> Spoiled:
    """Write a day that could be read as a month, in a column whose other days could not."""
    row.facts["mise_a_jour"] = "2025-04-03"
    return Spoiled({"mise_a_jour": Cell("03/04/2025")}, READ, "2025-04-03", (REPAIRED, TOLD))


PHONES = (
    Kind(
        "telephone-autre-forme",
        "telephone",
        18,
        spoil_cell(
            "telephone",
            REPAIRED,
            lambda row, turn: PHONE_FORMS[turn % len(PHONE_FORMS)](row.facts["telephone"]),
            READ,
        ),
    ),
    Kind(
        "telephone-sans-zero",
        "telephone",
        4,
        spoil_cell(
            "telephone",
            REPAIRED,
            lambda row, _: Cell(
                row.facts["telephone"].replace(" ", "")[1:],
                number=int(row.facts["telephone"].replace(" ", "")),
            ),
        ),
    ),
    Kind(
        "deux-telephones",
        "telephone",
        5,
        spoil_cell(
            "telephone",
            TOLD,
            lambda row, turn: (
                row.facts["telephone"]
                + (" / ", " ou ", "\n", " - ", " ; ")[turn % 5]
                + "01 99 00 99 99"
            ),
        ),
    ),
    Kind("telephone-trop-court", "telephone", 2, spoil_phone(TOLD, lambda phone: phone[:-3])),
    Kind("telephone-trop-long", "telephone", 2, spoil_phone(TOLD, lambda phone: f"{phone}0")),
    Kind(
        "telephone-avec-mention",
        "telephone",
        2,
        spoil_phone(TOLD, lambda phone: f"{phone} (le matin)", REPAIRED),
    ),
    Kind("telephone-point-d-interrogation", "telephone", 2, spoil_phone(TOLD, lambda _: "?")),
    Kind("telephone-nd", "telephone", 3, spoil_phone(TOLD, lambda _: "#N/D")),
    Kind("telephone-nc", "telephone", 2, spoil_phone(TOLD, lambda _: "NC")),
)

MAILS = (
    Kind("courriel-virgule", "courriel", 3, spoil_mail(TOLD, lambda mail: mail.replace(".", ","))),
    Kind(
        "courriel-espace",
        "courriel",
        2,
        spoil_mail(TOLD, lambda mail: mail.replace("@", " @"), REPAIRED),
    ),
    Kind(
        "courriel-sans-arobase",
        "courriel",
        2,
        spoil_mail(TOLD, lambda mail: mail.replace("@", ".")),
    ),
    Kind(
        "courriel-point-double",
        "courriel",
        2,
        spoil_mail(TOLD, lambda mail: mail.replace(".", "..")),
    ),
    Kind(
        "courriel-accent",
        "courriel",
        2,
        spoil_mail(TOLD, lambda mail: mail.replace("contact", "écrire")),
    ),
    Kind(
        "deux-courriels",
        "courriel",
        3,
        spoil_mail(TOLD, lambda mail: f"{mail} ; {mail.replace('contact', 'accueil')}"),
    ),
    Kind(
        "courriel-mailto", "courriel", 2, spoil_mail(TOLD, lambda mail: f"mailto:{mail}", REPAIRED)
    ),
    Kind(
        "courriel-avec-nom",
        "courriel",
        2,
        spoil_mail(TOLD, lambda mail: f"Accueil <{mail}>", REPAIRED),
    ),
    Kind(
        "courriel-a-deviner",
        "courriel",
        2,
        spoil_mail(TOLD, lambda mail: mail.replace("@", " (at) ")),
    ),
    Kind("courriel-en-cours", "courriel", 2, spoil_mail(TOLD, lambda _: "en cours")),
)

SITES = (
    Kind("site-www", "site", 8, add_www),
    Kind("site-sans-protocole", "site", 3, spoil_site(TOLD, lambda host: host, REPAIRED)),
    Kind(
        "site-sans-point",
        "site",
        3,
        spoil_site(TOLD, lambda host: f"https://{host.split('.')[0]}/"),
    ),
    Kind(
        "deux-sites",
        "site",
        2,
        spoil_site(TOLD, lambda host: f"https://{host}/ et https://blog.{host}/"),
    ),
    Kind("site-protocole-faux", "site", 3, spoil_site(TOLD, lambda host: f"htpp://{host}/")),
    Kind("site-protocole-coupe", "site", 2, spoil_site(TOLD, lambda host: f"https:/{host}/")),
    Kind(
        "site-avec-espace",
        "site",
        2,
        spoil_site(TOLD, lambda host: f"https://{host.replace('.', ' .')}/"),
    ),
    Kind("site-en-cours", "site", 3, spoil_site(TOLD, lambda _: "en cours")),
)

DAYS = (
    Kind("date-en-nombre", "mise_a_jour", 5, spoil_day(REPAIRED, write_serial), "any", TABLES),
    Kind(
        "date-impossible", "mise_a_jour", 4, spoil_day(TOLD, lambda day: f"31/02/{day.year}", DRAFT)
    ),
    Kind("date-en-lettres", "mise_a_jour", 3, spoil_day(REPAIRED, name_month, TOLD, READ)),
    Kind(
        "date-annee-courte",
        "mise_a_jour",
        2,
        spoil_day(TOLD, lambda day: f"{day:%d/%m/%y}", REPAIRED),
    ),
    Kind(
        "date-a-l-americaine",
        "mise_a_jour",
        2,
        spoil_day(TOLD, lambda day: f"{day:%m/%d/%Y}", DRAFT),
    ),
    Kind(
        "date-iso",
        "mise_a_jour",
        2,
        spoil_day(READ, lambda day: day.isoformat(), REPAIRED),
        "any",
        TABLES,
    ),
    Kind("date-mois-seul", "mise_a_jour", 2, spoil_day(TOLD, lambda day: f"{day:%m/%Y}")),
    Kind("date-ambigue", "mise_a_jour", 2, write_ambiguous, "any", TABLES),
)

KINDS = (*PHONES, *MAILS, *SITES, *DAYS)
