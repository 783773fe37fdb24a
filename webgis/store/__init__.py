"""The only room that talks SQL: models, sessions and queries that return rows or arrays.

It knows nothing about rights, rules of the programme or HTTP; PostGIS does the spatial work it is best at.
Tables and their triggers are made by migrations/; the models here mirror them.
"""
