"""Turn files into documents: front matter as text, Markdown as HTML, both with positions."""
