"""Stand-ins for the world behind the ports, as small as their ports."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np

from kiosk.errors import EndOfAudio
from kiosk.types import FRAME_SAMPLES, AudioFrame, BackTranslation, Context, Room, Samples, Transcript, Translation

Reading = AudioFrame | Exception | None


def frame(index: int, value: float = 0.1) -> AudioFrame:
    """32 ms of one value."""
    return AudioFrame(np.full(FRAME_SAMPLES, value, np.float32), index)


class ScriptedSource:
    """Gives what it is told to, in order: frames, None for nothing yet, or an exception to raise; then its end."""

    name = "script"

    def __init__(self, readings: Iterable[Reading], *, live: bool = False, lost: int = 0) -> None:
        self.live = live
        self.opened = 0
        self.closed = 0
        self._readings: Iterator[Reading] = iter(readings)
        self._lost = lost

    def open(self) -> None:
        self.opened += 1

    def read(self, timeout: float) -> AudioFrame | None:
        reading = next(self._readings, EndOfAudio())
        if isinstance(reading, Exception):
            raise reading
        return reading

    def lost_samples(self) -> int:
        lost, self._lost = self._lost, 0
        return lost

    def close(self) -> None:
        self.closed += 1


class LoudnessDetector:
    """Whatever is not silent is speech. `resets` counts how often it was told to forget."""

    def __init__(self) -> None:
        self.resets = 0

    def load(self) -> None:
        pass

    def probability(self, samples: Samples) -> float:
        return 1.0 if np.abs(samples).max() > 0.01 else 0.0

    def reset(self) -> None:
        self.resets += 1


class FakeTranscriber:
    """Hears the loudness: text "n" for samples of value n/100. `hear` may replace what it answers."""

    def __init__(self, hear: Callable[[Samples], Transcript] | None = None) -> None:
        self.heard: list[Samples] = []
        self.contexts: list[Context] = []
        self._hear = hear or (
            lambda samples: Transcript(f"parole {round(float(samples.max()) * 100)}", "fr", 0.99, 0.0, -0.1)
        )

    def load(self) -> None:
        pass

    def transcribe(
        self,
        samples: Samples,
        languages: tuple[str, str],
        context: Context,
        *,
        final: bool,
        wanted: Callable[[], bool] = lambda: True,
    ) -> Transcript:
        self.heard.append(samples.copy())  # the pipeline overwrites what it drops
        self.contexts.append(context)
        heard = self._hear(samples)
        if context.language is not None:  # settled already: not asked of the sound
            return replace(heard, language=context.language, probability=1.0)
        return replace(heard, language=context.floor or heard.language)


class FakeTranslator:
    """Puts the target's code before the text."""

    def load(self, room: Room) -> None:
        pass

    def translate(self, text: str, source: str, target: str) -> Translation:
        return Translation(f"[{target}] {text}", source, target, "fake")

    def follow(self, sentence: str, source: str, target: str, shown: str) -> Translation:
        return self.translate(sentence, source, target)

    def back_translate(self, said: str, translation: Translation) -> BackTranslation:
        return BackTranslation(f"[{translation.source}] {translation.text}", 1.0, doubtful=False)

    def forget(self) -> None:
        pass


class Gate:
    """Something a fake waits for until the test lets it through."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._open = threading.Event()

    def wait(self) -> None:
        """Called by the fake."""
        self.reached.set()
        assert self._open.wait(10)

    def open(self) -> None:
        """Called by the test."""
        self._open.set()
