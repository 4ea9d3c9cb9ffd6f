"""What an import took in, found here already and left out, and the words in which it says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

# In the order in which they are told.
_KINDS = {
    "people": ("person", "people"),
    "questions": ("question", "questions"),
    "answers": ("answer", "answers"),
    "texts": ("text of an answer, former ones too", "texts of answers, former ones too"),
    "comments": ("comment", "comments"),
    "tags": ("tag on a question", "tags on questions"),
    "useful": ("vote for an answer, as a useful mark", "votes for answers, as useful marks"),
    "follows": ("favourite, as a follower", "favourites, as followers"),
    "merges": ("duplicate link, as a merge", "duplicate links, as merges"),
}


@dataclass
class Report:
    """Numbers by kind (see _KINDS), and of what was left out by what it was and why."""

    site: str
    taken_in: Counter[str] = field(default_factory=Counter)
    here_already: Counter[str] = field(default_factory=Counter)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    refreshed: int = 0

    @property
    def posts(self) -> int:
        """Questions and answers that were read and are on the site now."""
        return sum(
            counts[kind] for counts in (self.taken_in, self.here_already) for kind in ("questions", "answers")
        )

    def leave_out(self, what: str, why: str, count: int = 1) -> None:
        if count:
            self.left_out[what, why] += count

    def lines(self, seconds: float) -> list[str]:
        """Return the whole report, a line each."""
        lines = [f"Taken in from {self.site}:"]
        lines += [f"  {_amount(kind, self.taken_in[kind])}" for kind in _KINDS if self.taken_in[kind]]
        if not self.taken_in.total():
            lines[0] = f"Nothing new in this dump of {self.site}."
        if self.here_already.total():
            lines.append("Here already:")
            lines += [
                f"  {_amount(kind, self.here_already[kind])}" for kind in _KINDS if self.here_already[kind]
            ]
        if self.left_out:
            lines.append("Left out:")
            for (what, why), count in sorted(self.left_out.items()):
                lines.append(f"  {count:,} {what}: {why.rstrip('.')}.")
        if self.posts:
            lines.append("Views are not kept, and the scores of posts only in the record of imports.")
        if self.refreshed:
            answers = "1 answer that was" if self.refreshed == 1 else f"{self.refreshed:,} answers that were"
            lines.append(f"The votes of {answers} here already were brought up to date.")
        lines.append(
            f"It took {seconds:,.1f} seconds: {self.posts / max(seconds, 0.001):,.0f} posts a second."
        )
        return lines


def _amount(kind: str, count: int) -> str:
    return f"{count:,} {_KINDS[kind][count != 1]}"
