"""Speech recognition by Whisper. The only faster_whisper import.

faster-whisper's `transcribe` pads every call to 30 s, and either detects among 99 languages or encodes a second time.
Here no more is encoded than was said and a margin, one encoding serves the choice between the two languages of the room
and the decoding, and whatever looks wrong is decoded again in the 30 s that Whisper was trained on.
"""

from __future__ import annotations

import ctypes
import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer

from kiosk import textrules
from kiosk.config import SpeechConfig
from kiosk.errors import ModelDamaged
from kiosk.hypothesis import Doubt, Hypothesis, most_tokens
from kiosk.identify import UNSURE_BELOW, Spoken, spoken
from kiosk.types import SAMPLE_RATE, Context, Flag, Samples, Transcript

UNSURE_WORDS_BELOW: Final = -0.6
"""Mean log-probability a token below which the caption says that it was badly heard.

Of 183 human utterances in 7 languages 9 lie below, most of them misheard beyond recognition.
"""

MOST_THREADS: Final = 4
"""At most, and one for two cores: decoding, most of the work, is no faster with two.

On 2 cores a final takes 0.34 s of wall and 0.28 s of processor with one thread, 0.29 s and 0.40 s with two.
"""

# OpenAI's temperatures (whisper/transcribe.py), fewer of them: each costs a decoding.
_TEMPERATURES: Final = (0.4, 0.8)
_BEST_OF: Final = 3

_FULL_WINDOW: Final = 3_000
"""Mel frames of 10 ms in the 30 s that Whisper was trained on."""

_MARGIN: Final = 2.0
"""Seconds of nothing encoded after what was said: with less, more answers loop."""

_FLOORS: Final = (800, 1_600)
"""The fewest mel frames encoded: at first, and again for what is doubtful or improbable.

Over 311 utterances in 10 languages, beam 5: word error rate 24.1 in the full window. 8 s give 25.8, or 24.9 where
4.5 % in doubt are decoded in the full window; 12 s 25.8 and 25.3, 16 s 25.8 and 25.5: errors of the short windows are
not the same ones. The likelier answer of 8 s and 16 s for the 12 % that are doubtful or below `_SECOND_LOOK_BELOW`, and
the full window for the 2.6 % where neither will do, give 24.5, in 0.34 of the time (median).
As it is now, with `_ONE_WORD` and `_LONG` apart, on 84 other cuts: 22.9 against 21.6, 9.5 % in the full window.
"""

_ONE_WORD: Final = 1.5
"""Seconds of sound, 0.6 of which is kept around speech, under which one or two words were said."""

_LONG: Final = 6.0
"""Seconds of sound from which the first window is long enough: a second look would cost a second and change little."""

_OVERLAP: Final = 0.2
"""Seconds before the sound that an answer left unheard, from which the rest of it is recognised by itself."""

_PARTIAL_FLOOR: Final = 500
"""The same for a hypothesis of what is still being said: less is right, and replaced within half a second."""

_SECOND_LOOK_BELOW: Final = -0.55
"""Mean log-probability below which an answer is compared with one from another window."""

_TRIM_EVERY: Final = 10
"""Finals after which free memory is given back to the system, which takes 4 to 10 ms.

Each window has its own size, and glibc keeps the pieces: after 80 utterances 281 MB, of which 78 are free.
"""

_MAX_TOKENS: Final = 224
_POSITIONS: Final = 448
"""Tokens that Whisper's decoder has places for, words told before included."""

_PUNCTUATION: Final = frozenset(("", *".,;:!?…-—\"'»”)", "...", "؟", "،", "۔", "。", "！", "？"))

_POSITION: Final = 0.02
"""Seconds of an encoded position."""


class WhisperTranscriber:
    """Whisper in int8 on the CPU.

    `locate` checks the model and returns the folder of its config.json, model.bin, tokenizer.json and vocabulary.txt.
    `told`: by language, words that a final may hold, as text before it. `finals` counts what was recognised with care,
    `second_looks` how often in a longer window too, and `doubts` why in the full one.
    """

    def __init__(self, locate: Callable[[], Path], config: SpeechConfig, told: Mapping[str, str] | None = None) -> None:
        self.doubts: Counter[Doubt] = Counter()
        self.finals = 0
        self.second_looks = 0
        self._locate = locate
        self._config = config
        self._told = told or {}
        self._model: WhisperModel | None = None
        self._suppressed: list[int] = []

    @property
    def threads(self) -> int:
        """How many it computes with."""
        return self._config.threads or min(max(1, (os.cpu_count() or 1) // 2), MOST_THREADS)

    def load(self) -> None:
        """Check and read the model. Raises ModelMissing, ModelDamaged."""
        if self._model is not None:
            return
        folder = self._locate()
        try:
            self._model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=self.threads, local_files_only=True
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelDamaged(
                f"Le modèle de reconnaissance {folder.name} ne se charge pas.",
                f"Réinstallez-le : kiosk models verify, puis kiosk models pull {folder.name}.",
            ) from error
        # The first answer prepares what the next ones use, and takes longer: nobody should wait for it.
        self.transcribe(np.zeros(SAMPLE_RATE, np.float32), ("fr", "en"), Context(), final=False)

    def transcribe(
        self,
        samples: Samples,
        languages: tuple[str, str],
        context: Context,
        *,
        final: bool,
        wanted: Callable[[], bool] = lambda: True,
    ) -> Transcript:
        """What was said in up to 30 s of sound, in whichever of `languages` is the likelier."""
        seconds = samples.size / SAMPLE_RATE
        encoded = self._encode(samples, _window(seconds) if final else _window(seconds, _PARTIAL_FLOOR))
        heard = self._spoken(encoded, languages, seconds, context)
        if final:
            hypothesis = self._thorough(samples, encoded, heard.language, wanted)
        else:
            hypothesis = self._quick(encoded, heard.language, seconds, context.settled)
        if final and self.finals % _TRIM_EVERY == 0:
            _give_memory_back()
        text = textrules.without_loops(hypothesis.text)
        flags = []
        if heard.probability < UNSURE_BELOW:
            flags.append(Flag.UNSURE_LANGUAGE)
        doubt = hypothesis.doubt(heard.language) if final else None
        if hypothesis.log_probability < UNSURE_WORDS_BELOW or doubt in (Doubt.CUT_SHORT, Doubt.ENDLESS):
            flags.append(Flag.UNSURE_WORDS)
        if text != hypothesis.text or hypothesis.doubt(heard.language) is Doubt.LOOP:
            flags.append(Flag.LOOP)
        return Transcript(
            text, heard.language, heard.probability, hypothesis.no_speech, hypothesis.log_probability, tuple(flags)
        )

    def language_probabilities(self, samples: Samples) -> dict[str, float]:
        """Of every language that Whisper knows, by code, in up to 30 s of sound."""
        return self._probabilities(self._encode(samples, _window(samples.size / SAMPLE_RATE)))

    def encode_silence(self, seconds: float) -> None:
        """Encode what `seconds` of speech would take, which is what a machine's speed depends on."""
        self._encode(np.zeros(round(seconds * SAMPLE_RATE), np.float32), _window(seconds))

    # -- the two ways to decode -------------------------------------------------------------------------------------

    def _thorough(self, samples: Samples, encoded: Any, language: str, wanted: Callable[[], bool]) -> Hypothesis:
        """With a beam: in a short window, in a longer one if that is not clear, in the full one if words are wrong."""
        seconds = samples.size / SAMPLE_RATE
        tokenizer = self._tokenizer(language)
        self.finals += 1
        first = self._look(encoded, tokenizer, seconds)
        doubt = first.doubt(language)
        if (doubt is None and first.log_probability >= _SECOND_LOOK_BELOW) or not wanted():
            return first
        if seconds < _ONE_WORD:
            # One word, and no clear one: the full window hears "deux" and "neuf" where others hear "D." and "Nath".
            self.doubts[doubt or Doubt.IMPROBABLE] += 1
            return self._in_full(samples, tokenizer)
        if doubt is Doubt.CUT_SHORT and seconds >= _LONG:
            return self._with_the_rest(first, samples, tokenizer)
        answers = [first]
        if seconds < _LONG:
            window = _window(seconds, _FLOORS[1])
            self.second_looks += 1
            answers.append(self._look(self._encode(samples, window), tokenizer, seconds))
        # Improbable words would stay improbable in the full window too, and are flagged.
        believed = [answer for answer in answers if answer.doubt(language) in (None, Doubt.IMPROBABLE)]
        if believed or not wanted():
            return max(believed or answers, key=lambda answer: answer.log_probability)
        self.doubts[doubt or Doubt.IMPROBABLE] += 1
        return self._in_full(samples, tokenizer)

    def _with_the_rest(self, first: Hypothesis, samples: Samples, tokenizer: Tokenizer) -> Hypothesis:
        """An answer that stopped early, and what is clear in the sound after it: speech that it lost, or a noise."""
        rest = samples[-round((first.unheard + _OVERLAP) * SAMPLE_RATE) :]
        seconds = rest.size / SAMPLE_RATE
        answer = self._look(self._encode(rest, _window(seconds)), tokenizer, seconds)
        if not answer.text or answer.no_speech > textrules.NO_SPEECH:
            return replace(first, unheard=0.0)
        clear = answer.doubt(str(tokenizer.language_code)) is None and answer.log_probability >= UNSURE_WORDS_BELOW
        return first.followed_by(answer) if clear else first

    def _look(self, encoded: Any, tokenizer: Tokenizer, seconds: float) -> Hypothesis:
        answer = self._decode(encoded, tokenizer, seconds, {"beam_size": self._config.beam})
        return self._heard_to_the_end(answer, encoded, tokenizer)

    def _in_full(self, samples: Samples, tokenizer: Tokenizer) -> Hypothesis:
        """In the window that Whisper was trained on: with a beam, then by sampling while the answer repeats itself."""
        seconds = samples.size / SAMPLE_RATE
        language = str(tokenizer.language_code)
        encoded = self._encode(samples, _FULL_WINDOW)
        answers = []
        for temperature in (0.0, *_TEMPERATURES):
            how: dict[str, Any] = {"beam_size": self._config.beam}
            if temperature > 0:
                how = {
                    "beam_size": 1,
                    "num_hypotheses": _BEST_OF,
                    "sampling_topk": 0,
                    "sampling_temperature": temperature,
                }
            answer = self._decode(encoded, tokenizer, seconds, how)
            if answer.doubt(language) not in (Doubt.LOOP, Doubt.ENDLESS):
                return answer
            answers.append(answer)
        # The least repetitive answers first, the likeliest of them: a loop comes with a high probability.
        return max(answers, key=lambda a: (a.doubt(language) is not Doubt.LOOP, a.log_probability))

    def _quick(self, encoded: Any, language: str, seconds: float, settled: str) -> Hypothesis:
        """Greedily, going on from the words that are settled."""
        tokenizer = self._tokenizer(language)
        hypothesis = self._decode(encoded, tokenizer, seconds, {"beam_size": 1}, settled)
        if hypothesis.doubt(language) in (Doubt.LOOP, Doubt.ENDLESS):
            # Better what is settled for a moment than a loop on the screen; the final will tell.
            return Hypothesis(settled, 0, seconds, hypothesis.no_speech, hypothesis.log_probability)
        return hypothesis

    def _heard_to_the_end(self, hypothesis: Hypothesis, encoded: Any, tokenizer: Tokenizer) -> Hypothesis:
        """The same, knowing how much sound follows its last word, by the decoder's attention: 0.03 s here.

        In short windows Whisper at times stops after the first words, and is sure of them.
        """
        tokens = tokenizer.encode(f" {hypothesis.text}")
        if not hypothesis.text or hypothesis.tokens >= _MAX_TOKENS:
            return hypothesis
        (alignment,) = self._loaded.model.align(
            encoded, tokenizer.sot_sequence, [tokens], num_frames=round(hypothesis.seconds * 100)
        )
        # Pairs of a token and a position. What follows the last word, a full stop or the end, takes what sound is left.
        after = len(tokens)
        while after and tokenizer.decode([tokens[after - 1]]).strip() in _PUNCTUATION:
            after -= 1
        end = next((position for token, position in alignment.alignments if token == after), None)
        return hypothesis if end is None else replace(hypothesis, unheard=hypothesis.seconds - end * _POSITION)

    def _decode(
        self, encoded: Any, tokenizer: Tokenizer, seconds: float, how: dict[str, Any], settled: str | None = None
    ) -> Hypothesis:
        """`settled`: None for a final, which may be told words, or what a hypothesis must begin with."""
        language = str(tokenizer.language_code)
        told = self._told.get(language, "") if settled is None else ""
        before = tokenizer.encode(f" {told}") if told else []
        prefix = tokenizer.encode(f" {settled}") if settled else []
        prompt = [*self._loaded.get_prompt(tokenizer, before, without_timestamps=True), *prefix]
        result = self._loaded.model.generate(
            encoded,
            [prompt],
            max_length=min(_POSITIONS, len(prompt) - len(prefix) + min(most_tokens(seconds, language), _MAX_TOKENS)),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=self._suppress(tokenizer),
            **how,
        )[0]
        # The prefix, which CTranslate2 decodes like the rest, one step a token, stands in the answer too.
        tokens = result.sequences_ids[0]
        more = tokenizer.decode(tokens[len(prefix) :])
        return Hypothesis(
            text=settled + more.rstrip() if settled else more.strip(),
            tokens=len(tokens),
            seconds=seconds,
            no_speech=result.no_speech_prob,
            # The score is a mean over the tokens; the end-of-text token counts among them.
            log_probability=result.scores[0] * len(tokens) / (len(tokens) + 1),
        )

    # -- what both need ---------------------------------------------------------------------------------------------

    def _encode(self, samples: Samples, window: int) -> Any:
        return self._loaded.encode(pad_or_trim(self._loaded.feature_extractor(samples), window))

    @property
    def _loaded(self) -> WhisperModel:
        if self._model is None:
            raise RuntimeError("load() first")
        return self._model

    def _spoken(self, encoded: Any, languages: tuple[str, str], seconds: float, context: Context) -> Spoken:
        if context.language is not None:
            return Spoken(context.language, 1.0)
        return spoken(self._probabilities(encoded), languages, seconds, context.previous)

    def _probabilities(self, encoded: Any) -> dict[str, float]:
        return {token[2:-2]: p for token, p in self._loaded.model.detect_language(encoded)[0]}

    def _tokenizer(self, language: str) -> Tokenizer:
        whisper = self._loaded
        return Tokenizer(whisper.hf_tokenizer, whisper.model.is_multilingual, task="transcribe", language=language)

    def _suppress(self, tokenizer: Tokenizer) -> list[int]:
        """Tokens that no speech can give: markup, music notes, speaker tags. The same for every language."""
        if not self._suppressed:
            special = (
                tokenizer.transcribe,
                tokenizer.translate,
                tokenizer.sot,
                tokenizer.sot_prev,
                tokenizer.sot_lm,
                tokenizer.no_speech,
            )
            self._suppressed = sorted({*tokenizer.non_speech_tokens, *special})
        return self._suppressed


def _give_memory_back() -> None:
    """Have the C library return what it holds free; only glibc knows how, and needs to be told."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _window(seconds: float, floor: int = _FLOORS[0]) -> int:
    """Mel frames, an even number, to encode for `seconds` of sound."""
    return min(_FULL_WINDOW, max(floor, 2 * round(50 * (seconds + _MARGIN))))
