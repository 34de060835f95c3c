"""The figures of one run: what it was told (see conftest), and the statuses that each operation answered."""

from collections import defaultdict

examples, seed = 50, 0
answered: defaultdict[str, set[int]] = defaultdict(set)
