"""Proposals as records: propose, change, delete, bring back; with their photos and papers."""
