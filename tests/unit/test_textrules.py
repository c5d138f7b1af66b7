"""Rules on text."""

from __future__ import annotations

import pytest

from kiosk.textrules import is_invented, longest_repeat, without_loops
from kiosk.types import Transcript


def heard(text: str, *, no_speech: float = 0.1, log_probability: float = -0.3) -> Transcript:
    return Transcript(text, "fr", 0.9, no_speech, log_probability)


@pytest.mark.parametrize(
    "text",
    [
        "Sous-titres réalisés par la communauté d'Amara.org",
        "Sous-titrage ST' 501",
        "Sous-titrage Société Radio-Canada",
        "Sous-titrage",
        "Merci d'avoir regardé cette vidéo !",
        "Merci d'avoir regardé !",
        "Merci d'avoir regardé cette vidéo, n'hésitez pas à vous abonner pour ne manquer aucune de mes vidéos",
        "Merci d'avoir regardé cette vidéo et à bientôt !",
        "Abonnez-vous !",
        "Thanks for watching!",
        "Thank you for watching this video.",
        "Please like and subscribe to my channel!",
        "¡Gracias por ver el video!",
        "Subtítulos realizados por la comunidad de Amara.org",
        "Obrigado por assistir ao vídeo!",
        "Inscreva-se no canal",
        "Grazie per aver guardato questo video.",
        "Sottotitoli e revisione a cura di QTSS",
        "Untertitel von Stephanie Geiges",
        "Untertitelung des ZDF, 2020",
        "İzlediğiniz için teşekkür ederim.",
        "Thank you for watching.",
        "I will see you in the next video.",
        "Субтитры сделал DimaTorzok",
        "Продолжение следует...",
        "Altyazı M.K.",
        "اشتركوا في القناة",
        "Legendas pela comunidade Amara.org",
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        "字幕由Amara.org社区提供",
        "謝謝觀看",
        "Hãy subscribe cho kênh Ghiền Mì Gõ",
        "चैनल को सब्सक्राइब करें",
        "...",
        " ",
    ],
)
def test_what_whisper_invents_on_silence_is_recognised(text: str) -> None:
    assert is_invented(heard(text), voice=0.9)


@pytest.mark.parametrize(
    "text",
    [
        "Merci.",
        "Merci beaucoup, il a bien regardé les images.",
        "Oui.",
        "Thank you.",
        "No.",
        "Je vous remercie d'être venue.",
        "谢谢医生。",
        "Merci d'avoir regardé sa gorge. Il a encore mal.",
        "Merci d'avoir regardé la vidéo. Donnez-lui 5 ml, trois fois par jour.",
        "Sous-titres en arabe, ça va pour vous ?",
        "Pour le bus, vous pouvez vous abonner.",
        "Thank you for watching my baby.",
        "The doctor will subscribe him a cream.",
        "Gracias por ver a mi hija. Tiene fiebre de 39 desde ayer.",
        "¿Subtítulos en árabe, por favor?",
        "Obrigada por assistir o meu parto.",
        "Inscreva-se na creche antes de maio.",
        "Grazie per aver guardato la gola.",
        "Iscrivetevi al corso il lunedì.",
        "Sottotitoli in arabo, di solito.",
        "Untertitel auf Arabisch, geht das?",
        "İzlediğiniz için teşekkürler, ateşi 39.",
    ],
)
def test_what_people_say_is_kept_even_when_it_is_short(text: str) -> None:
    assert not is_invented(heard(text), voice=0.9)


def test_a_weak_answer_to_probable_silence_is_invented_a_strong_one_is_not() -> None:
    assert is_invented(heard("Oui.", no_speech=0.8, log_probability=-1.4), voice=0.9)
    assert not is_invented(heard("Oui.", no_speech=0.8, log_probability=-0.4), voice=0.9)


def test_words_heard_in_a_baby_s_cry_are_invented_but_faint_or_mumbled_speech_is_kept() -> None:
    assert is_invented(heard("Come on!", log_probability=-1.3), voice=0.45)
    assert not is_invented(heard("Come on!", log_probability=-0.4), voice=0.45)
    assert not is_invented(heard("Come on!", log_probability=-1.3), voice=0.85)


@pytest.mark.parametrize(
    ("looped", "once"),
    [
        ("il a mangé il a mangé il a mangé il a mangé il a mangé ce midi", "il a mangé ce midi"),
        ("Oui, oui, oui, oui, oui, oui, je viens.", "Oui, je viens."),
        ("ça va. Ça va. ça va. ça va. ça va.", "ça va."),
        ("你好你好你好你好你好，医生。", "你好，医生。"),
        ("हाँ हाँ हाँ हाँ हाँ जी", "हाँ जी"),
    ],
)
def test_a_loop_is_cut_to_once(looped: str, once: str) -> None:
    assert without_loops(looped) == once


@pytest.mark.parametrize("text", ["Non, non, non, non.", "tout doux tout doux", "", "un  deux", "की का कि को के"])
def test_a_natural_repetition_is_left_as_it_is(text: str) -> None:
    assert without_loops(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Elle dort bien.", 0),
        ("Je je suis là.", 1),
        ("Non, non, non.", 2),
        ("Il mange bien, il mange bien.", 3),
        ("Il a mal au ventre. Il a mal au ventre.", 5),
        ("— — — — —", 4),
        ("", 0),
    ],
)
def test_the_longest_repeat_is_counted_in_words(text: str, words: int) -> None:
    assert longest_repeat(text) == words
