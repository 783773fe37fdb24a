"""What a city decides in numbers: work types, criteria, funds, zones, rules of plans and reviews."""
