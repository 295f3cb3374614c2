"""Measures Hindsight beside other IMAP servers, and how its costs grow: `Scripts/bench`."""
