"""The use cases: propose, rank, import, export; each a function that takes plain arguments and returns plain objects.

It knows nothing about Flask, HTTP or HTML. Rights are checked in `access`, words of refusals are in `messages`.
Each function opens one transaction; what it changes is saved whole or not at all.
"""
