"""Turn an editor's file (a spreadsheet, the export of a map) into records of the directory."""
