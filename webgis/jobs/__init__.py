"""Background work on the PostgreSQL queue: the app of procrastinate, its tasks and the worker that does them.

It knows nothing about rules: a task opens the store, calls one planning function and writes down what came back.
A job that people watch is a row of the table `job`, queued in the same transaction as the row itself.
"""
