"""What the page of a territory is made of: its picture, its neighbours, its files."""
