"""The parts of the page of a territory: its figure, its neighbours, its files."""
