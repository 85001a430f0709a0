"""What a journey is: its file, its rules, its route and its words. Knows no other room."""
