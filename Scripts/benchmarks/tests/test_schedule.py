"""The order of turns."""

import unittest

from benchmarks import schedule


class ScheduleTests(unittest.TestCase):
    """Interleaved, rotated, each server as often as the others."""

    def test_servers_take_turns_at_a_profile_and_change_who_begins(self) -> None:
        turns = list(schedule.turns(["a", "b"], ["login"], 2))
        self.assertEqual([(turn.repeat, turn.server) for turn in turns],
                         [(0, "a"), (0, "b"), (1, "b"), (1, "a")])

    def test_resting_is_measured_once(self) -> None:
        self.assertEqual(len(list(schedule.turns(["a"], ["resting", "login"], 3))), 4)

    def test_large_mailboxes_are_opened_cold_too(self) -> None:
        labels = [turn.label for turn in schedule.turns(["a"], ["select-100k"], 1)]
        self.assertEqual(labels, ["select-100k", "select-100k-cold"])

    def test_a_process_for_each_session_rests_with_fewer(self) -> None:
        self.assertEqual(schedule.scale("resting", "dovecot-sdbox"), 0.1)
        self.assertEqual(schedule.scale("resting", "hindsight"), 1)
        self.assertEqual(schedule.scale("login", "cyrus"), 1)
