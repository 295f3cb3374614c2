"""How time, memory and disk of our server grow: one file for each thing that grows.

Every axis has a store of its own, which is filled further from one size to the next; at each size
the server is restarted, looked at, and timed by one client that waits for each answer.
"""
