"""A file of the office (a spreadsheet, an export of a map) becomes records of the directory."""
