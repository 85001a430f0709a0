"""What people see: Flask blueprints. A route parses, calls the rooms below, and renders."""
