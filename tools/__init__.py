"""Parts of the ./dev launcher: checkout, postgres, cluster, setup, server, checks, commands.

They know nothing about maps, proposals or the web application beyond the names of its commands.
Standard library only, since they run before anything is installed.
"""
