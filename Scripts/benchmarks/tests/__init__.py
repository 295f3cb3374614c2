"""Tests of what is computed; what is measured shows itself: `python3 -m unittest` in Scripts."""
