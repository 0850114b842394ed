"""The settings of Pelican for the benchmark: pages, lists, two taxonomies, one feed, a sitemap."""

import json
from pathlib import Path

SITENAME = "Réseau des catalyseurs territoriaux"
SITEURL = "https://catalyseurs.example"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
PATH = "content"
ARTICLE_PATHS = ["catalyseurs"]
STATIC_PATHS = ["assets"]
THEME = str(Path(__file__).parent / "theme")
THEME_STATIC_PATHS: list[str] = []
TERMS = json.loads((Path(__file__).parent / "vocabulaires.json").read_text(encoding="utf-8"))

ARTICLE_URL = "catalyseurs/{slug}/"
ARTICLE_SAVE_AS = "catalyseurs/{slug}/index.html"
TAG_URL = "pratiques/{slug}/"
TAG_SAVE_AS = "pratiques/{slug}/index.html"
CATEGORY_URL = "profils/{slug}/"
CATEGORY_SAVE_AS = "profils/{slug}/index.html"
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "directory", "tags", "categories", "sitemap", "robots", "404"]
DIRECTORY_SAVE_AS = "catalyseurs/index.html"
TAGS_SAVE_AS = "pratiques/index.html"
CATEGORIES_SAVE_AS = "profils/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
ROBOTS_SAVE_AS = "robots.txt"
DEFAULT_PAGINATION = False

FEED_ALL_ATOM = "flux.xml"
FEED_MAX_ITEMS = 100
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

# The extensions that the records use, and ids for headings; without the default code highlighting.
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.tables": {},
        "markdown.extensions.sane_lists": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}

MENU = [
    ("Annuaire", "/catalyseurs/"),
    ("Pratiques", "/pratiques/"),
    ("Profils", "/profils/"),
    ("Carte", "/carte/"),
    ("Projets", "/projets/"),
    ("Actualités", "/actualites/"),
    ("Lettres", "/lettres/"),
    ("Agenda", "/agenda/"),
]
