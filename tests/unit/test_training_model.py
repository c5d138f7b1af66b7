"""The network of the recipe against CTranslate2's, in the recipe's own environment alone: it needs torch."""

from pathlib import Path

import ctranslate2
import pytest

torch = pytest.importorskip("torch", reason="torch belongs to the recipe's environment alone")

from training.export import convert  # noqa: E402
from training.layout import Shape  # noqa: E402
from training.model import Translator  # noqa: E402
from training.train import Budget, learning_rate  # noqa: E402

SHAPE = Shape(pieces=40, width=32, inner=64, heads=2, encoder_layers=2, decoder_layers=1, positions=32)
PIECES = ["<unk>", "<s>", "</s>", "<pad>", *(f"p{number}" for number in range(4, 40))]
PAD, BEGIN, END = 3, 1, 2


def greedy(model: Translator, source: list[int]) -> list[str]:
    made = [BEGIN]
    while len(made) < 20:
        with torch.no_grad():
            best = int(model(torch.tensor([source]), torch.tensor([made]))[0, -1].argmax())
        if best == END:
            break
        made.append(best)
    return [PIECES[number] for number in made[1:]]


def test_ctranslate2_says_what_the_network_says(tmp_path: Path) -> None:
    torch.manual_seed(5)
    model = Translator(SHAPE, PAD).eval()
    convert({name: values.numpy() for name, values in model.state_dict().items()}, SHAPE, PIECES, tmp_path)
    translator = ctranslate2.Translator(str(tmp_path), compute_type="float32")
    for first in range(4, 36):
        source = [first, first + 3, 40 - first // 2 - 3]
        made = translator.translate_batch([[PIECES[number] for number in source]], beam_size=1, max_decoding_length=19)
        assert made[0].hypotheses[0] == greedy(model, source)


def test_padding_changes_nothing() -> None:
    torch.manual_seed(5)
    model = Translator(SHAPE, PAD).eval()
    target = torch.tensor([[BEGIN, 9, 10]])
    alone = model(torch.tensor([[5, 6]]), target)
    padded = model(torch.tensor([[5, 6, PAD, PAD]]), target)
    assert torch.allclose(alone, padded, atol=1e-5)


def test_the_learning_rate_rises_then_falls_to_a_fiftieth() -> None:
    budget = Budget(minutes=1, rate=1e-3, pieces_a_batch=100)
    assert learning_rate(budget, 0, 0.0) < learning_rate(budget, 100, 0.0) < learning_rate(budget, 300, 0.0) == 1e-3
    assert learning_rate(budget, 5000, 1.0) == pytest.approx(2e-5)
