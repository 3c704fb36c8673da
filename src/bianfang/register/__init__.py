"""What the town is made of: areas, people who serve, households that live there, and their roll."""
