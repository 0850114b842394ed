"""The corpus that measures `python build.py importer FICHIER`: a messy file, and the right result.

It was written before the importer, by somebody who had not seen the code. `python -m
tools.import_corpus DOSSIER` writes the file of 350 rows in each format and dialect, with what is
wrong in known cells; README.md explains each part.

Everything is invented: the names of organisations and people are made of syllables that form no
name, phone numbers are those that the French regulator keeps for fiction, sites and mailboxes end
in `.example`. Communes, postcodes and points are real (`communes.tsv`, an extract of the engine's
own list, frozen so that next spring's communes do not move the rows).
"""
