"""In which of their languages somebody wrote: measured on what people write to each other."""

from __future__ import annotations

import time

import pytest

from bot import tongues

ENGLISH = """
Thank you / See you tomorrow / How are you? / I am fine, and you? / Can we meet on Tuesday?
My daughter is ill today / What do you think about it? / Sorry, I was at work / Where do you live?
It is very hot here / I miss the sea / Happy birthday! / Good morning / Why not? / Same here
I never met anybody from your side before / Talk soon / It was hard for us too
"""
SPANISH = """
Gracias / Hasta mañana / ¿Cómo estás? / Estoy bien, ¿y tú? / ¿Podemos vernos el martes?
Mi hija está enferma hoy / Que piensas de eso / Perdona, estaba en el trabajo / Donde vives
Hace mucho calor aquí / Echo de menos el mar / Feliz cumpleaños / Buenos días / Por qué no
Nunca conocí a nadie de vuestro lado / Hablamos pronto / Para nosotros también fue difícil
"""
TURKISH = """
Teşekkürler / Yarın görüşürüz / Nasılsın? / İyiyim, sen nasılsın? / Salı günü buluşabilir miyiz?
Kızım bugün hasta / Ne dusunuyorsun bu konuda / Kusura bakma, işteydim / Nerede yaşıyorsun
Burası çok sıcak / Denizi özledim / Doğum günün kutlu olsun / Günaydın / Neden olmasın / Ben de
Daha önce sizin taraftan kimseyle tanışmadım / Görüşürüz / Bizim için de zordu
"""
ARABIC = """
شكرا / إلى اللقاء غدا / كيف حالك؟ / أنا بخير، وأنت؟ / هل يمكن أن نلتقي يوم الثلاثاء؟
ابنتي مريضة اليوم / ما رأيك في ذلك / آسف، كنت في العمل / أين تسكن / الجو حار جدا هنا
أشتاق إلى البحر / عيد ميلاد سعيد / صباح الخير / لم لا / لم أقابل أحدا من جانبكم من قبل
نتحدث قريبا / كان صعبا علينا أيضا / شو رأيك نحكي بكرا / ايش اخبارك اليوم
"""
PERSIAN = """
ممنون / تا فردا / حالت چطوره؟ / من خوبم، تو چطوری؟ / می‌توانیم سه‌شنبه همدیگر را ببینیم؟
دخترم امروز مریض است / نظرت چیه / ببخشید، سر کار بودم / کجا زندگی می‌کنی / اینجا خیلی گرمه
دلم برای دریا تنگ شده / تولدت مبارک / صبح بخیر / چرا که نه / سلام خوبی
بعدا حرف می‌زنیم / برای ما هم سخت بود / فردا میای یا نه / باشه عزیزم
"""
RUSSIAN = """
Спасибо / До завтра / Как дела? / Хорошо, а у тебя? / Можем встретиться во вторник?
Моя дочь сегодня болеет / Что ты об этом думаешь / Прости, был на работе / Где ты живёшь
Здесь очень жарко / Скучаю по морю / С днём рождения / Доброе утро / Почему бы и нет
Никогда раньше не встречал никого с вашей стороны / Скоро поговорим / Нам тоже было трудно
"""
UKRAINIAN = """
Дякую / До завтра / Як справи? / Добре, а в тебе? / Можемо зустрітися у вівторок?
Моя донька сьогодні хворіє / Що ти про це думаєш / Вибач, був на роботі / Де ти живеш
Тут дуже спекотно / Сумую за морем / З днем народження / Добрий ранок / Чому б і ні
Ніколи раніше не зустрічав нікого з вашого боку / Скоро поговоримо / Нам теж було важко
"""
SAID = {
    "en": ENGLISH,
    "es": SPANISH,
    "tr": TURKISH,
    "ar": ARABIC,
    "fa": PERSIAN,
    "ru": RUSSIAN,
    "uk": UKRAINIAN,
}


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    assert tongues.ready()


def sentences(code: str) -> list[str]:
    """Short sentences in a language."""
    return [each.strip() for line in SAID[code].split("\n") for each in line.split("/") if each]


@pytest.mark.parametrize(
    ("spoken", "share"),
    [(("en", "es", "tr"), 0.85), (("ar", "fa"), 0.8), (("ru", "uk"), 0.35), (("en", "ar"), 0.9)],
)
def test_most_are_named_and_none_is_named_wrongly(spoken: tuple[str, ...], share: float) -> None:
    found = [
        (code, tongues.language_of(text, spoken)) for code in spoken for text in sentences(code)
    ]
    assert [(code, said) for code, said in found if said not in (code, None)] == []
    named = sum(said is not None for _, said in found)
    print(spoken, f"{named} of {len(found)}")
    assert named >= share * len(found)


@pytest.mark.parametrize("other", ["es", "tr"])
def test_yet_another_language_is_not_taken_for_one_they_speak(other: str) -> None:
    for text in sentences(other):
        assert tongues.language_of(text, ("en", "ar")) in (None, "en")
    wrong = [text for text in sentences(other) if tongues.language_of(text, ("en", "ar"))]
    assert len(wrong) <= 1, "by its letters alone it would be English, always"


@pytest.mark.parametrize("text", ["", "👍", "14:30", "ok", "haha", "🙂🙂", "\ud800", "\x00" * 50])
def test_where_it_cannot_be_known_nothing_is_said(text: str) -> None:
    assert tongues.language_of(text, ("en", "es", "tr")) is None
    assert tongues.language_of(text, ()) is None


def test_a_language_the_model_does_not_know_may_be_meant() -> None:
    assert tongues.language_of("كيف حالك؟ أنا بخير", ("ar", "ckb")) is None
    assert tongues.language_of("كيف حالك؟ أنا بخير", ("ar-EG", "fa", "en")) == "ar-EG"
    assert tongues.language_of("سڵاو", ("ckb", "en")) == "ckb", "by its letters"


def test_it_takes_no_more_than_a_few_milliseconds() -> None:
    long, spoken = "Yarın görüşelim mi? " * 175, ("en", "es", "tr")
    took = []
    for _ in range(20):
        start = time.perf_counter()
        assert tongues.language_of(long, spoken) == "tr"
        took.append(time.perf_counter() - start)
    assert sorted(took)[10] < 0.01
