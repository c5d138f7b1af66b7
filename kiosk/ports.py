"""What the pipeline needs of the world, as narrow as it can be. Adapters and test fakes implement these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from kiosk.events import Emit
from kiosk.types import AudioFrame, BackTranslation, Context, Room, Samples, Transcript, Translation, Via


class AudioSource(Protocol):
    """A microphone, a recording or a pipe."""

    @property
    def name(self) -> str:
        """What a person calls it."""

    @property
    def live(self) -> bool:
        """True for a device, which is closed on pause and looked for when lost; False for what ends."""

    def open(self) -> None:
        """Acquire the device or the file.

        Raises AudioError.
        """

    def read(self, timeout: float) -> AudioFrame | None:
        """The next frame, or None if none came within `timeout` seconds.

        Raises EndOfAudio after the last frame of a recording, DeviceError when a device is lost.
        """

    def lost_samples(self) -> int:
        """Samples dropped since the last call because `read` was not called in time."""

    def close(self) -> None:
        """Release what `open` acquired. Safe to call twice."""


class VoiceDetector(Protocol):
    """Tells speech from everything else, frame by frame, keeping state between frames."""

    def load(self) -> None:
        """Read the model. Raises ModelError."""

    def probability(self, samples: Samples) -> float:
        """Probability in [0, 1] that this frame, shape (512,), is speech."""

    def reset(self) -> None:
        """Forget what was heard: the next frame does not follow the last one."""


class Transcriber(Protocol):
    """Speech to text in one of two languages."""

    def load(self) -> None:
        """Read the model. Raises ModelError."""

    def transcribe(
        self,
        samples: Samples,
        languages: tuple[str, str],
        context: Context,
        *,
        final: bool,
        wanted: Callable[[], bool] = lambda: True,
    ) -> Transcript:
        """What was said, in whichever of `languages` is the likelier, or in the one that `context` names.

        A hypothesis that is not final may be computed more cheaply; it begins with the settled words of `context`.
        A final may take several attempts: no new one begins once it is no longer `wanted`.
        """


class Translator(Protocol):
    """Text to text."""

    def load(self, room: Room) -> None:
        """Read what both directions of the room need. Raises ModelError."""

    def translate(self, text: str, source: str, target: str) -> Translation:
        """Never empty-handed: a doubt is a flag on the result."""

    def follow(self, sentence: str, source: str, target: str, shown: str) -> Translation:
        """A sentence that is still growing, as cheaply as it can be had; the result begins with what is `shown`."""

    def back_translate(self, said: str, translation: Translation) -> BackTranslation:
        """What `translation` of `said` says to whoever reads it."""

    def forget(self) -> None:
        """Drop whatever is remembered of what was said. Called from any thread."""


class Engine(Protocol):
    """A machine translation engine, whose answers nobody has checked yet."""

    def serves(self, source: str, target: str) -> bool:
        """Whether what is installed translates this direction, directly or through English. Reads no weights."""

    def load(self, source: str, target: str) -> None:
        """Read what this direction needs, verified. Raises ModelMissing, ModelDamaged."""

    def via(self, source: str, target: str) -> Via:
        """What translates this direction, for a reader."""

    def translate(
        self, sentences: Sequence[str], source: str, target: str, *, shown: str = "", beam: int = 0
    ) -> list[str]:
        """A translation for each sentence, in order, whatever it is worth.

        `shown`: how the translation of the first one must begin. `beam`: hypotheses kept, 0 for the engine's own;
        an engine that has no beam ignores it.
        """


class Session(Protocol):
    """A running conversation, as the screen sees it: the pipeline, or a fake in tests."""

    def start(self) -> None:
        """Start the threads and return at once; events tell the rest."""

    def pause(self) -> None:
        """Close the microphone; what was said before is still captioned."""

    def resume(self) -> None:
        """Open it again."""

    def correct(self, utterance_id: int, language: str) -> None:
        """Recognise a settled utterance again, in the language that a person says it was.

        Its caption comes again under the same id or, when its sound is no longer in memory, a Warned event.
        """

    def reword(self, utterance_id: int, text: str, language: str) -> None:
        """Caption words that a person typed: for a settled utterance, or new ones under a number below 0."""

    def listen_in(self, language: str | None) -> None:
        """Hear everything in this language from now on, as a person says; None: tell it from the sound.

        What was said before, and waits, stays what it was; what is being said now is told from the sound.
        """

    def back_translate(self, utterance_id: int) -> None:
        """Translate what a settled caption became back: a BackTranslated event, or Warned when it is forgotten."""

    def forget(self) -> None:
        """Drop the sound and the words of what is settled: it can be neither corrected nor translated back any more."""

    def stop(self) -> None:
        """End the threads, forgetting what awaits recognition. Returns within about 1 s when idle."""


class OpenSession(Protocol):
    """Builds the session for a room; nothing heavy happens before `start`."""

    def __call__(self, room: Room, emit: Emit) -> Session: ...
