"""RealtimeSTT with its defaults, but for what the comparison holds equal: see README.md beside this file."""

from __future__ import annotations

import argparse
import sys
import threading
import time

from RealtimeSTT import AudioToTextRecorder

from tests.bench.systems.screen import Screen

BLOCK_BYTES = 640
LAST_WORDS = 4.0
"""Seconds after the end of the sound in which the last utterance may still be recognised."""


def main() -> None:
    """Feed standard input, and print what the recorder's callbacks and texts say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of Whisper")
    parser.add_argument("--language", required=True, help="what is spoken")
    arguments = parser.parse_args()
    screen = Screen()
    recorder = AudioToTextRecorder(
        model=arguments.model,
        language=arguments.language,
        device="cpu",
        compute_type="int8",
        use_microphone=False,
        spinner=False,
        no_log_file=True,
        enable_realtime_transcription=True,
        use_main_model_for_realtime=True,
        on_realtime_transcription_update=screen.partial,
        post_speech_silence_duration=0.5,
    )

    def finals() -> None:
        while not recorder.is_shut_down:
            text = recorder.text()
            if text:
                screen.final(text)

    threading.Thread(target=finals, daemon=True).start()
    screen.ready()
    while block := sys.stdin.buffer.read(BLOCK_BYTES):
        recorder.feed_audio(block)
    deadline = time.monotonic() + LAST_WORDS
    while time.monotonic() < deadline and (recorder.is_recording or recorder.state == "transcribing"):
        time.sleep(0.05)
    recorder.shutdown()


if __name__ == "__main__":  # its recogniser is a process of its own, which imports this file again
    main()
