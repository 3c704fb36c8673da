"""Django's own database engines, taught to hold `TownForeignKey` as a composite foreign key."""
