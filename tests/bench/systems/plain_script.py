"""What a programmer would write in an afternoon from the same parts: wait for silence, transcribe, translate.

It is told the language, and shows nothing before the end of an utterance.
"""

from __future__ import annotations

import argparse
import queue
import sys
import threading
from collections.abc import Callable, Iterator

import ctranslate2
import numpy as np
import sentencepiece
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from kiosk import installed
from kiosk.adapters.silero import SileroDetector
from kiosk.sentences import split_sentences
from kiosk.settings import load_config
from tests.bench.systems.screen import Screen

FRAME = 512
RATE = 16_000
SILENCE = 0.5
BEFORE = 0.3
THRESHOLD = 0.5


def utterances(detector: SileroDetector) -> Iterator[NDArray[np.float32]]:
    """Stretches of speech on standard input, each as soon as 0.5 s of silence follows."""
    frames: list[NDArray[np.float32]] = []
    speaking, silent = False, 0
    while len(data := sys.stdin.buffer.read(2 * FRAME)) == 2 * FRAME:
        frame = np.frombuffer(data, "<i2").astype(np.float32) / 32768.0
        speech = detector.probability(frame) >= THRESHOLD
        frames.append(frame)
        if speech:
            speaking, silent = True, 0
        elif speaking:
            silent += 1
            if silent * FRAME >= SILENCE * RATE:
                yield np.concatenate(frames)
                frames, speaking, silent = [], False, 0
        if not speaking:
            frames = frames[-round(BEFORE * RATE / FRAME) :]
    if speaking:
        yield np.concatenate(frames)


def translator(source: str, target: str) -> Callable[[str], str] | None:
    """An installed Argos package with Argos' own settings, or None."""
    packages = installed.model_store(load_config()).packages()
    folder = next((package.path for package in packages if (package.source, package.target) == (source, target)), None)
    if folder is None:
        return None
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    model = ctranslate2.Translator(str(folder / "model"), device="cpu", compute_type="int8")

    def translate(text: str) -> str:
        results = model.translate_batch(
            [pieces.encode(sentence, out_type=str) for sentence in split_sentences(text)],
            beam_size=4,
            length_penalty=0.2,
            replace_unknowns=True,
            max_batch_size=32,
            batch_type="tokens",
        )
        return "".join(token for result in results for token in result.hypotheses[0]).replace("▁", " ").strip()

    return translate


def main() -> None:
    """Listen here, recognise in another thread."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of Whisper")
    parser.add_argument("--language", required=True, help="what is spoken")
    arguments = parser.parse_args()
    screen, detector = Screen(), SileroDetector()
    model = WhisperModel(arguments.model, device="cpu", compute_type="int8")
    translate = translator(arguments.language, "en" if arguments.language == "fr" else "fr")
    detector.load()
    waiting: queue.Queue[NDArray[np.float32] | None] = queue.Queue()

    def recognise() -> None:
        while (audio := waiting.get()) is not None:
            segments, _ = model.transcribe(audio, beam_size=5, language=arguments.language)
            text = " ".join(segment.text.strip() for segment in segments)
            if text:
                screen.final(text, translate(text) if translate else None)

    worker = threading.Thread(target=recognise)
    worker.start()
    screen.ready()
    for audio in utterances(detector):
        waiting.put(audio)
    waiting.put(None)
    worker.join()


if __name__ == "__main__":
    main()
