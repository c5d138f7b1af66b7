"""How the pipeline's events reach the screen."""

from __future__ import annotations

from textual.message import Message

from kiosk.events import Event, Level


class PipelineEvent(Message, bubble=False):
    """One event of a session, posted from the pipeline's threads: `post_message` is safe there and never waits.

    `session` counts the sessions of a screen: what an earlier one still had under way is no news of this one.
    No dataclass, on purpose: the representation of a message may reach Textual's log and must not hold what was said.
    """

    def __init__(self, event: Event, session: int) -> None:
        super().__init__()
        self.event = event
        self.session = session

    def can_replace(self, message: Message) -> bool:
        """Of consecutive levels only the last matters: a flood of them leaves the keys in reach."""
        return isinstance(self.event, Level) and isinstance(message, PipelineEvent) and isinstance(message.event, Level)
