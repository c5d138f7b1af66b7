"""A SentencePiece vocabulary that reads numbers digit by digit, so that any number can be copied. Pure."""

from typing import Any

from sentencepiece import sentencepiece_model_pb2


def digit_by_digit(serialised: bytes) -> bytes:
    """The vocabulary with every piece of more than one digit, or of digits and others, out of use.

    The pieces keep their numbers, so that a network trained with the vocabulary can go on.
    """
    model: Any = sentencepiece_model_pb2.ModelProto()  # type: ignore[attr-defined]  # made at run time
    model.ParseFromString(serialised)
    for piece in model.pieces:
        text = piece.piece.removeprefix("▁")
        if piece.type == piece.NORMAL and len(text) > 1 and any(character.isdigit() for character in text):
            piece.type = piece.UNUSED
    changed: bytes = model.SerializeToString()
    return changed
