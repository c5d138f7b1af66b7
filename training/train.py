"""Trains one direction for a given number of minutes and writes its Argos package.

    python -m training.train FOLDER en es --minutes 30 --start-from translate-en_fr-0_1.argosmodel --out packages

FOLDER is what training.prepare wrote: PAIR.train.tsv and PAIR.pieces.model, PAIR being `en-es` for both directions.
"""

import argparse
import copy
import logging
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece
import torch
from torch.nn import functional

from training.batches import Example, batches, padded
from training.export import write_package
from training.layout import Shape
from training.model import Translator
from training.start import start_from
from training.text import pair_file, read_pairs

LONGEST = 80  # pieces a side: longer sentences are rare here, and slow
WARM_UP = 300  # steps
SMOOTHING = 0.1
AVERAGED = 0.999  # weight of the past, a step, in the averaged weights that are exported
AVERAGE_EVERY = 10  # steps
REPORT_EVERY = 200  # steps

log = logging.getLogger("training")


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to train and how fast to learn."""

    minutes: float
    rate: float
    pieces_a_batch: int


def examples(
    pairs: list[tuple[str, str]], pieces: sentencepiece.SentencePieceProcessor, longest: int = LONGEST
) -> list[Example]:
    """Piece numbers of both sides; pairs with an empty or an overlong side are left out."""
    sources = pieces.encode([source for source, _ in pairs])
    targets = pieces.encode([target for _, target in pairs])
    begin, end = pieces.bos_id(), pieces.eos_id()
    return [
        (source, [begin, *target, end])
        for source, target in zip(sources, targets, strict=True)
        if 0 < len(source) <= longest and 0 < len(target) <= longest
    ]


def learning_rate(budget: Budget, step: int, share: float) -> float:
    """Rises over WARM_UP steps, then falls with the share of the time that is spent (half a cosine, to a fiftieth)."""
    return budget.rate * min(1.0, (step + 1) / WARM_UP) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(share, 1))))


def train(model: Translator, data: list[Example], budget: Budget, rng: random.Random) -> Translator:
    """Trains `model` until the time is spent; returns the running average of its weights."""
    optimiser = torch.optim.AdamW(model.parameters(), lr=budget.rate, betas=(0.9, 0.98), weight_decay=0.01)
    average = copy.deepcopy(model)
    began = time.monotonic()
    loss_seen, seen = 0.0, 0
    model.train()
    for step, batch in enumerate(_forever(data, budget.pieces_a_batch, rng)):
        share = (time.monotonic() - began) / (60 * budget.minutes)
        if share >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(budget, step, share)
        loss = _step(model, optimiser, batch)
        loss_seen = 0.98 * loss_seen + 0.02 * loss if step else loss
        seen += sum(len(target) for _, target in batch)
        if step % AVERAGE_EVERY == 0:
            # Young averages forget faster, or the random start would stay in them.
            _blend(average, model, min(AVERAGED, (1 + step) / (10 + step)) ** AVERAGE_EVERY)
        if step % REPORT_EVERY == 0:
            pace = seen / (time.monotonic() - began)
            log.info("step %d, loss %.3f, %.0f pieces a second, %.0f %%", step, loss_seen, pace, 100 * share)
    return average.eval()


def _forever(data: list[Example], most: int, rng: random.Random) -> Iterator[list[Example]]:
    while True:
        yield from batches(data, most, rng)


def _step(model: Translator, optimiser: torch.optim.Optimizer, batch: list[Example]) -> float:
    source = torch.tensor(padded([source for source, _ in batch], model.pad))
    target = torch.tensor(padded([target for _, target in batch], model.pad))
    with torch.autocast("cpu", torch.bfloat16):
        scores = model(source, target[:, :-1])
    loss = functional.cross_entropy(
        scores.float().flatten(0, 1), target[:, 1:].flatten(), ignore_index=model.pad, label_smoothing=SMOOTHING
    )
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return loss.item()


@torch.no_grad()
def _blend(average: Translator, model: Translator, kept: float) -> None:
    for mean, value in zip(average.parameters(), model.parameters(), strict=True):
        mean.lerp_(value, 1 - kept)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="what training.prepare wrote")
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--start-from", type=Path, metavar="PACKAGE", help="an .argosmodel of this recipe")
    parser.add_argument("--rate", type=float, default=1e-3, help="highest learning rate")
    parser.add_argument("--batch", type=int, default=1000, help="pieces a side in a batch")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--version", default="0.2", help="of the package")
    parser.add_argument("--readme", type=Path, required=True, help="placed in the package: origin and licences")
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


def main() -> None:
    options = _arguments()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    pair = "-".join(sorted((options.source, options.target)))
    pieces_file = options.folder / f"{pair}.pieces.model"
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(pieces_file))
    pairs = read_pairs(pair_file(options.folder, pair, "train"), swapped=options.source > options.target)
    data = examples(pairs, pieces)
    shape, state = start_from(options.start_from, pieces) if options.start_from else (Shape(pieces.vocab_size()), None)
    model = Translator(shape, pieces.pad_id())
    if state:
        model.load_state_dict({name: torch.from_numpy(np.array(values)) for name, values in state.items()})
    log.info("%d examples, %d parameters", len(data), sum(values.numel() for values in model.parameters()))
    rng = random.Random(1)  # noqa: S311 (the order of batches is no secret)
    trained = train(model, data, Budget(options.minutes, options.rate, options.batch), rng)
    options.out.mkdir(parents=True, exist_ok=True)
    languages = (options.source, options.target)
    state = {name: values.numpy() for name, values in trained.state_dict().items()}
    package = write_package(state, trained.shape, pieces_file, languages, options.version, options.readme, options.out)
    torch.save(trained.state_dict(), package.with_suffix(".pt"))
    log.info("%s: %d bytes", package.name, package.stat().st_size)


if __name__ == "__main__":
    main()
