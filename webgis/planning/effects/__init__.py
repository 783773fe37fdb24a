"""What a change would do, told before it is made: a drawing, a relation, a price of the catalogue."""
