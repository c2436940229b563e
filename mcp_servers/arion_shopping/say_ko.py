"""What the shopping tools say in Korean. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from arion_kit.speech import counted, join_spoken, josa, speakable
from arion_shopping.choosing import Product, Wanted, arranged, unit_price
from arion_shopping.offers import Offer
from arion_shopping.prices import History
from arion_shopping.said import Listed, Shop
from arion_shopping.shopping_list import Change, Item
from arion_shopping.spoken import per_unit, product_name, won

_SPOKEN_DEALS = 3
_SPOKEN_ITEMS = 7


def found(query: str, offers: Sequence[Offer], wanted: Wanted, shop: Shop) -> str:
    """How much there is, the first of it and the cheapest."""
    if not shop.found:
        return f"{_old(shop)}{josa(_quoted(query), '을를')} {shop.place}에서 찾지 못했어요."
    if not offers:
        return f"{_old(shop)}{_none_fits(query, wanted, shop)}"
    limit = _limit(wanted)
    count = counted(len(offers), "가지")
    head = f"{josa(_quoted(query), '을를')} {shop.place}에서 {limit}{count} 찾았어요."
    first, cheapest = offers[0], arranged(offers, "price")[0]
    if first is cheapest:
        lead = "가장 싼 건 " if len(offers) > 1 else ""
        return f"{_old(shop)}{head} {lead}{_offer(first)}."
    return f"{_old(shop)}{head} 첫 번째는 {_offer(first)}. 가장 싼 건 {_offer(cheapest)}."


def compared(query: str, products: Sequence[Product], shop: Shop, unit: Product | None) -> str:
    """Which product is the cheapest, altogether and by its amount."""
    if not products:
        return f"{_old(shop)}{josa(_quoted(query), '을를')} 비교할 만한 상품을 찾지 못했어요."
    best = products[0].best
    name = product_name(best.name, "ko")
    lead = "" if best.verified else "웹에 적힌 값으로는 "
    lead += f"{counted(len(products), '가지')} 가운데 " if len(products) > 1 else ""
    told = f"{lead}{josa(name, '이가')} {_cost(best)}{_most(products)}"
    if unit and unit is not products[0]:
        thrifty = josa(product_name(unit.best.name, "ko"), "이가")
        told += f" 양으로 따지면 {thrifty} {_per(unit.best)}으로 가장 싸요."
    elif unit:
        told += f" 양으로 따져도 {_per(best)}으로 가장 싸요."
    return f"{_old(shop)}{told}"


def product(offer: Offer, history: History | None, shop: Shop) -> str:
    """What a product costs, and whether that is much."""
    told = f"{josa(product_name(offer.name, 'ko'), '은는')} {shop.place}에서 {_price(offer)}."
    if history is None or offer.price_krw is None or history.times < 2:
        return f"{_old(shop)}{told}"
    if history.is_low(offer.price_krw):
        return f"{_old(shop)}{told} 지난 30일 동안 본 값 중에 가장 싸요."
    if history.lowest_krw == history.highest_krw:
        return f"{_old(shop)}{told} 지난 30일 동안 값이 그대로예요."
    low, high = won(history.lowest_krw, "ko"), won(history.highest_krw, "ko")
    return f"{_old(shop)}{told} 지난 30일 동안은 {low}에서 {high} 사이였어요."


def deals(offers: Sequence[Offer], category: str | None, shop: Shop) -> str:
    """The first few of what is on sale."""
    if not offers:
        what = f"{category}에서 잘 팔리는 상품을" if category else "지금 올라온 특가를"
        return f"{_old(shop)}{what} 찾지 못했어요."
    named = [
        f"{product_name(offer.name, 'ko')} {won(offer.price_krw or 0, 'ko')}"
        for offer in offers[:_SPOKEN_DEALS]
    ]
    count = counted(len(offers), "가지")
    if category:
        head = f"{shop.place} {category}에서 잘 팔리는 건 "
    else:
        head = f"오늘 {shop.place} 특가는 {count}예요. "
    return f"{_old(shop)}{head}{josa(join_spoken(named, 'ko'), '이에요예요')}."


def linked(place: str | None) -> str:
    """That there is a link."""
    if place:
        return f"{place} 링크를 만들었어요."
    return "이 주소는 바꿀 필요가 없어서 그대로 쓰시면 돼요."


def listed(items: Sequence[Item], asked: Listed) -> str:
    """What is on the list."""
    if asked.query and not items:
        return f"장보기 목록에 {josa(_quoted(asked.query), '은는')} 없어요."
    if not items:
        return "장보기 목록이 비어 있어요."
    named = join_spoken([_item(item) for item in items[:_SPOKEN_ITEMS]], "ko")
    rest = asked.total - min(len(items), _SPOKEN_ITEMS)
    if rest > 0:
        head = f"장보기 목록에 {_things(asked.total)} 있어요."
        return f"{head} {named}, 그리고 {_things(rest)} 더 있어요."
    if len(items) == 1:
        return f"장보기 목록에 {josa(named, '이가')} 있어요."
    return f"장보기 목록에 {_things(asked.total)} 있어요. {josa(named, '이에요예요')}."


def added(change: Change) -> str:
    """What is on the list now."""
    if change.repeated or not change.items:
        return "이미 장보기 목록에 넣었어요."
    first = change.items[0]
    if len(change.items) == 1 and first.id in change.grown:
        return (
            f"{josa(_quoted(first.text), '은는')} 목록에 이미 있어서 "
            f"{josa(counted(first.quantity, '개'), '으로로')} 늘렸어요."
        )
    put = "다시 담았어요" if change.restored else "담았어요"
    named = join_spoken([_item(item) for item in change.items[:_SPOKEN_ITEMS]], "ko")
    rest = len(change.items) - _SPOKEN_ITEMS
    if rest > 0:
        return f"장보기 목록에 {named} 말고도 {counted(rest, '가지')}를 더 {put}."
    return f"장보기 목록에 {josa(named, '을를')} {put}."


def removed(items: Sequence[Item], left: int, *, repeated: bool) -> str:
    """What is off the list now."""
    if repeated or not items:
        return "장보기 목록에서 이미 지웠어요."
    if left == 0 and len(items) > 1:
        return f"장보기 목록에서 {counted(len(items), '가지')}를 모두 지웠어요."
    named = join_spoken([_item(item) for item in items[:_SPOKEN_ITEMS]], "ko")
    tail = " 이제 목록이 비었어요." if left == 0 else ""
    return f"장보기 목록에서 {josa(named, '을를')} 지웠어요.{tail}"


def not_on_list(words: str) -> tuple[str, str]:
    """That nothing on the list is called so, and what to do next."""
    return (
        f"장보기 목록에 {josa(_quoted(words), '은는')} 없어요.",
        "장보기 목록을 먼저 들어 보세요.",
    )


def several(words: str, items: Sequence[Item]) -> tuple[str, str]:
    """That several things are called so, and what to do next."""
    named = join_spoken([_item(item) for item in items[:_SPOKEN_ITEMS]], "ko")
    return (
        f"{josa(_quoted(words), '으로로')} 찾은 게 여러 가지예요: {named}.",
        "어느 것인지 더 자세히 말씀해 주세요.",
    )


def list_full(most: int) -> tuple[str, str]:
    """That the list is full, and what to do next."""
    return f"장보기 목록에는 {most}가지까지만 담을 수 있어요.", "필요 없는 것을 먼저 지워 주세요."


def clear_question(count: int) -> str:
    """The question before the whole list goes."""
    return f"장보기 목록에 있는 {counted(count, '가지')}를 모두 지울까요?"


def no_orders() -> tuple[str, str]:
    """That nothing can be ordered or paid here, and what can be done."""
    return (
        "주문이나 결제는 대신 해 드릴 수 없어요.",
        "상품을 찾아 드리거나 장보기 목록에 담아 드릴 수는 있어요.",
    )


def not_seen() -> tuple[str, str]:
    """That nobody has seen this product, and what to do next."""
    return "그 상품은 아직 본 적이 없어요.", "상품을 먼저 이름으로 찾아 주세요."


def _quoted(text: str) -> str:
    return f"'{speakable(text)}'"


def _old(shop: Shop) -> str:
    if not shop.age:
        return ""
    return f"지금은 {shop.place}에 새로 물어볼 수 없어서 {shop.age} 전에 본 값이에요. "


def _limit(wanted: Wanted) -> str:
    low = f"{won(wanted.min_price, 'ko')} 이상 " if wanted.min_price else ""
    high = f"{won(wanted.max_price, 'ko')} 이하로 " if wanted.max_price else ""
    return f"{low}{high}"


def _none_fits(query: str, wanted: Wanted, shop: Shop) -> str:
    limit = _limit(wanted) or "말씀하신 조건으로 "
    told = f"{josa(_quoted(query), '은는')} {limit}찾지 못했어요."
    if shop.cheapest is None:
        return told
    return f"{told} 찾은 것 가운데 가장 싼 건 {_offer(shop.cheapest)}."


def _offer(offer: Offer) -> str:
    """A product and its price: "…, 3만 9,900원이고 로켓배송이에요"."""
    name = product_name(offer.name, "ko")
    if offer.price_krw is None:
        return f"{josa(offer.seller or '가게', '으로로')} 나온 {name}인데 값은 나와 있지 않아요"
    if not offer.verified:
        place = f"{offer.seller}의 " if offer.seller else ""
        return f"{place}{name}, 글에 적힌 값은 {josa(won(offer.price_krw, 'ko'), '이에요예요')}"
    return f"{name}, {_price(offer)}"


def _price(offer: Offer) -> str:
    if offer.price_krw is None:
        return "값이 나와 있지 않아요"
    price = won(offer.price_krw, "ko")
    if offer.shipping == "rocket":
        free = "이고 배송비는 없어요" if offer.shipping_krw == 0 else "이에요"
        return f"{price}에 로켓배송{free}"
    if offer.shipping == "free":
        return f"{price}에 무료배송이에요"
    return josa(price, "이에요예요")


def _cost(offer: Offer) -> str:
    """What is to be paid, with delivery where it is known."""
    if offer.price_krw is None:
        return "값을 모르지만"
    if offer.total_krw is not None:
        return f"배송비까지 {josa(won(offer.total_krw, 'ko'), '으로로')}"
    return f"배송비를 빼고 {josa(won(offer.price_krw, 'ko'), '으로로')}"


def _most(products: Sequence[Product]) -> str:
    return " 가장 싸요." if len(products) > 1 else " 나와 있어요."


def _per(offer: Offer) -> str:
    per = unit_price(offer)
    return per_unit(per[0], per[1], "ko") if per else ""


def _item(item: Item) -> str:
    text = speakable(item.text)
    return f"{text} {counted(item.quantity, '개')}" if item.quantity > 1 else text


def _things(count: int) -> str:
    return josa(counted(count, "가지"), "이가")
