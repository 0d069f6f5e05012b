"""Union-find that remembers why: things that turn out to be one, each step with its rule and evidence.

Two clusters that are known to be different things (other gazetteer entry, other alias group) are never joined.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Clusters", "Join"]


@dataclass(frozen=True, slots=True)
class Join:
    """One step: item `taken` joined the cluster of item `kept`."""

    kept: int
    taken: int
    rule: str
    evidence: str


class Clusters:
    """Disjoint sets of the items 0..n-1.

    Args:
        identities: what each item is known to be, or None; items of two identities never meet.
    """

    def __init__(self, identities: Sequence[str | None]) -> None:
        self._parent = list(range(len(identities)))
        self._size = [1] * len(identities)
        self._identity = list(identities)
        self.joins: list[Join] = []

    def find(self, item: int) -> int:
        """Return the item that stands for a cluster; which one depends on the order of joins only."""
        root = item
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[item] != root:
            self._parent[item], item = root, self._parent[item]
        return root

    def identity(self, item: int) -> str | None:
        """Return what the cluster of an item is known to be."""
        return self._identity[self.find(item)]

    def may_join(self, one: int, other: int) -> bool:
        """Tell whether two items are in different clusters that are not known to be different things."""
        one, other = self.find(one), self.find(other)
        return one != other and not (
            self._identity[one] and self._identity[other] and self._identity[one] != self._identity[other]
        )

    def join(self, kept: int, taken: int, rule: str, evidence: str) -> bool:
        """Make one cluster of two; returns False, and does nothing, where they may not be joined."""
        if not self.may_join(kept, taken):
            return False
        self.joins.append(Join(kept, taken, rule, evidence))
        one, other = self.find(kept), self.find(taken)
        if self._size[one] < self._size[other]:
            one, other = other, one
        self._parent[other] = one
        self._size[one] += self._size[other]
        self._identity[one] = self._identity[one] or self._identity[other]
        return True

    def groups(self) -> Iterator[list[int]]:
        """Yield the clusters, each ascending, by their first item."""
        members: dict[int, list[int]] = {}
        for item in range(len(self._parent)):
            members.setdefault(self.find(item), []).append(item)
        yield from sorted(members.values())
