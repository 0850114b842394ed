"""The records of the directory as data: for scripts, and as rows of the exports."""
