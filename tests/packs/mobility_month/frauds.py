"""The ways the month is defrauded, and exactly what a check must then find.

Each fraud takes accounts of its own, so that all can be planted in one month. What a trip reports
agrees with its damaged figures, but where the figure itself is the fraud.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.packs.damaging import page

from .build import PROGRAMME, Month, Row, Thousandths, reckon, seconds_at, settle, timed

Finding = tuple[str, str, str | None]
"""A rule's id without its prefix, the verdict, and the key of the row it is about."""

WRONG, OPEN = "nonconforming", "undetermined"
_DAY = date(2025, 6, 12)


class Scene:
    """A month that is being defrauded, and the accounts no fraud has taken yet."""

    def __init__(self, month: Month) -> None:
        self.month = month
        self._free = iter(sorted(month.by_rider))
        self._passed: list[str] = []

    def trips(self, mode: str, least: int = 1) -> list[Row]:
        """All trips of the mode of an account nothing else is done to."""
        for place, name in enumerate(self._passed):
            found = self._of(name, mode)
            if len(found) >= least:
                del self._passed[place]
                return found
        for name in self._free:
            found = self._of(name, mode)
            if len(found) >= least:
                return found
            self._passed.append(name)
        raise LookupError(mode)

    def _of(self, name: str, mode: str) -> list[Row]:
        return [trip for trip in self.month.by_rider[name] if trip["出行方式"] == mode]

    def trip(self, mode: str) -> Row:
        """A trip of the mode of an account nothing else is done to, alone on its day."""
        trip = self.trips(mode)[0]
        own = self.month.by_rider[trip["行程账户"]]
        self.month.keep(trip, [t for t in own if t["出发日期"] == trip["出发日期"]])
        return trip

    def account(self, trip: Row) -> Row:
        """The account of a trip."""
        return self.month.row("出行账户", "账户号", trip["行程账户"])

    def car(self, trip: Row) -> Row:
        """The vehicle of a trip."""
        return self.month.row("出行车辆", "车辆号", trip["行程车辆"])


@dataclass(frozen=True)
class Fraud:
    """A named fraud. `plant` gives all that a check must then find. `reported`: it touches what
    the programme reports, after all is reckoned."""

    name: str
    english: str
    plant: Callable[[Scene], Iterable[Finding]]
    reported: bool


FRAUDS: dict[str, Fraud] = {}


def defrauded(month: Month, names: Iterable[str] | None = None) -> set[Finding]:
    """Plants frauds, all unless some are named, and gives all that a check must find."""
    chosen = [FRAUDS[name] for name in (FRAUDS if names is None else names)]
    scene, found = Scene(month), set[Finding]()
    for fraud in chosen:
        found |= set() if fraud.reported else set(fraud.plant(scene))
    reckon(month)
    for fraud in chosen:
        found |= set(fraud.plant(scene)) if fraud.reported else set()
    return found


def listed(found: dict[str, set[Finding]]) -> str:
    """The list of frauds as `FRAUDS.md` holds it, each with the rules that find it."""
    rows = []
    for name, fraud in FRAUDS.items():
        counts: dict[str, int] = {}
        for rule, verdict, _ in found[name]:
            told = f"`CI-MOB-{rule}`" + ("" if verdict == WRONG else f" ({verdict})")
            counts[told] = counts.get(told, 0) + 1
        told = ", ".join(f"{rule} × {many}" for rule, many in sorted(counts.items()))
        rows.append((name, fraud.english, told))
    opening = (
        "# How the month can be defrauded / 示例月份的作弊方式",
        "",
        "Each way, and the rules that must then find it, with the number of rows.",
        "每种作弊方式，以及恰好应由哪些规则发现、各几行。",
    )
    return page(opening, ("作弊", "fraud", "found by 发现"), rows)


def fraud(
    name: str, english: str, *, reported: bool = False
) -> Callable[[Callable[[Scene], Iterable[Finding]]], Callable[[Scene], Iterable[Finding]]]:
    """Puts a fraud on the list."""

    def add(plant: Callable[[Scene], Iterable[Finding]]) -> Callable[[Scene], Iterable[Finding]]:
        FRAUDS[name] = Fraud(name, english, plant, reported)
        return plant

    return add


def wrong(rule: str, *trips: Row) -> set[Finding]:
    return {(rule, WRONG, trip["行程号"]) for trip in trips}


def undetermined(rule: str, *trips: Row) -> set[Finding]:
    return {(rule, OPEN, trip["行程号"]) for trip in trips}


def mean_speed(trip: Row) -> float:
    """In km/h, of a trip that does not run across midnight."""
    seconds = int(trip["到达时刻"]) - int(trip["出发时刻"])
    return int(trip["里程"]) * 3.6 / seconds


# --- records and times ---------------------------------------------------------------


@fraud("原始记录重用", "a ticket used for two trips of two persons")
def _(scene: Scene) -> Iterable[Finding]:
    one, other = scene.trip("公交"), scene.trip("公交")
    other["原始记录号"] = one["原始记录号"]
    return wrong("TICKET", one, other)


@fraud("行程复制", "a trip copied under a new number and record")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("步行")
    copy = scene.month.add(trip)
    return wrong("DUPLICATE", trip, copy) | wrong("OVERLAP", trip, copy)


@fraud("时间错开的复制", "a trip copied a minute later")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("步行")
    copy = scene.month.add(trip)
    copy["出发时刻"] += 60
    copy["到达时刻"] += 60
    return wrong("OVERLAP", trip, copy)


@fraud("同时两处", "a metro trip within a bus trip of the same person")
def _(scene: Scene) -> Iterable[Finding]:
    trip, pattern = scene.trip("公交"), scene.trip("地铁")
    same = {name: trip[name] for name in ("行程账户", "行程设备")}
    second = scene.month.add(pattern | same)
    length = seconds_at(int(second["里程"]), 40)
    timed(second, trip["出发日期"], trip["到达时刻"] - 60, length)
    return wrong("OVERLAP", trip, second)


@fraud("历时为零", "a trip of no duration")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("骑行")
    trip["到达时刻"] = trip["出发时刻"]
    return wrong("DURATION", trip)


@fraud("到达早于出发", "a trip that ends before it starts")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("公交")
    trip["到达时刻"] = trip["出发时刻"] - 600
    return wrong("DURATION", trip)


@fraud("跨零点", "a ride across midnight")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("骑行")
    timed(trip, trip["出发日期"], 85_800, trip["到达时刻"] - trip["出发时刻"] + 600)
    return wrong("MIDNIGHT", trip)


@fraud("未来日期", "a trip that is still to come")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("步行")
    trip["出发日期"] = trip["到达日期"] = date(2025, 7, 21)
    return wrong("FUTURE", trip) | wrong("PERIOD", trip)


@fraud("上月行程", "a trip of the month before")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("公交")
    trip["出发日期"] = trip["到达日期"] = date(2025, 5, 31)
    return wrong("PERIOD", trip)


@fraud("世界时", "a trip recorded in UTC")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("骑行")
    trip["时区"] = 0
    return wrong("CLOCK", trip)


@fraud("运营商不符", "a metro ticket claimed as a bus trip")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("公交")
    trip["行程运营商"] = "DT-1"
    return wrong("OPERATOR", trip)


@fraud("停运时间", "a metro trip at three in the night")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("地铁")
    timed(trip, trip["出发日期"], 10_800, trip["到达时刻"] - trip["出发时刻"])
    return wrong("SERVICE", trip)


# --- places and speeds ---------------------------------------------------------------


@fraud("速度过快", "a metro trip at 200 km/h")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("地铁")
    timed(trip, trip["出发日期"], trip["出发时刻"], seconds_at(int(trip["里程"]), 200))
    return wrong("FAST", trip)


@fraud("步行充公交", "a walk claimed as a bus trip")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("公交")
    timed(trip, trip["出发日期"], 25_200, seconds_at(int(trip["里程"]), 4))
    return wrong("SLOW", trip)


@fraud("里程过短", "a walk of 150 m")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("步行")
    trip["终点东坐标"] = Thousandths(trip["起点东坐标"] + 120)
    trip["终点北坐标"] = trip["起点北坐标"]
    trip["里程"] = Thousandths(150)
    timed(trip, trip["出发日期"], trip["出发时刻"], 120)
    settle(trip)
    return wrong("SHORT", trip)


@fraud("里程过长", "a bicycle ride of 60 km")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("骑行")
    trip["终点东坐标"] = Thousandths(trip["起点东坐标"] + 25_000)
    trip["里程"] = Thousandths(60_000)
    timed(trip, trip["出发日期"], 28_800, seconds_at(60_000, 15))
    settle(trip)
    return wrong("LONG", trip)


@fraud("短于直线", "a distance below the straight line")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("地铁")
    trip["里程"] = Thousandths(int(trip["里程"]) * 7 // 10)
    settle(trip)
    return wrong("STRAIGHT", trip)


@fraud("虚增里程", "seven times the straight line")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("步行")
    trip["里程"] = Thousandths(int(trip["里程"]) * 7)
    timed(trip, trip["出发日期"], 28_800, seconds_at(int(trip["里程"]), 4.5))
    settle(trip)
    return wrong("DETOUR", trip)


@fraud("原地出行", "a ride that ends where it starts")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("骑行")
    trip["终点东坐标"], trip["终点北坐标"] = trip["起点东坐标"], trip["起点北坐标"]
    return wrong("SAME-PLACE", trip)


@fraud("范围之外", "a ride outside the filed area")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("骑行")
    for name in ("起点东坐标", "终点东坐标"):
        trip[name] = Thousandths(trip[name] + 200_000)
    return wrong("REGION", trip)


@fraud("定位不在站点", "a bus trip recorded a kilometre from its stops")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("公交")
    for name in ("起点北坐标", "终点北坐标"):
        trip[name] = Thousandths(trip[name] + 1_000)
    return wrong("STATION", trip)


@fraud("站点方式不符", "a bus trip that starts at a metro station")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("公交")
    stop = scene.month.row("站点", "站点号", trip["上车站"])
    scene.month.tables["站点"].append(stop | {"站点号": "M999", "站点方式": "地铁"})
    trip["上车站"] = "M999"
    return wrong("STATION-MODE", trip)


@fraud("匀速轨迹", "a track of one speed throughout")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("骑行")
    trip["最高时速"] = Thousandths(int(mean_speed(trip) * 10) * 100)
    return wrong("CONSTANT", trip)


# --- accounts ------------------------------------------------------------------------


@fraud("无此账户", "a trip of an account that is not listed")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("步行")
    trip["行程账户"] = "R99999"
    return wrong("ACCOUNT", trip)


@fraud("授权在后", "consent in the middle of the month")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("公交")
    scene.account(trip)["授权日期"] = _DAY
    own = scene.month.by_rider[trip["行程账户"]]
    return wrong("CONSENT", *(one for one in own if one["出发日期"] < _DAY))


@fraud("撤回后计入", "trips after consent was withdrawn")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("公交")
    scene.account(trip)["撤回日期"] = _DAY
    own = scene.month.by_rider[trip["行程账户"]]
    return wrong("WITHDRAWN", *(one for one in own if one["出发日期"] >= _DAY))


@fraud("一人两户", "two accounts of one person")
def _(scene: Scene) -> Iterable[Finding]:
    one, other = (scene.account(scene.trip("公交")) for _ in range(2))
    other["身份散列"] = one["身份散列"]
    return {("ONE-PERSON", WRONG, account["账户号"]) for account in (one, other)}


@fraud("一机三人", "a device bound to three accounts")
def _(scene: Scene) -> Iterable[Finding]:
    trips = [scene.trip("公交") for _ in range(3)]
    for trip in trips:
        scene.account(trip)["绑定设备"] = trips[0]["行程设备"]
        for own in scene.month.by_rider[trip["行程账户"]]:
            own["行程设备"] = trips[0]["行程设备"]
    return {("DEVICE", WRONG, trip["行程账户"]) for trip in trips}


@fraud("设备不符", "a trip recorded by a device of somebody else")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("骑行")
    trip["行程设备"] = "D99999"
    return wrong("DEVICE-OWN", trip)


@fraud("外省账户", "an account registered in another province")
def _(scene: Scene) -> Iterable[Finding]:
    account = scene.account(scene.trip("地铁"))
    account["注册省份"] = "河北"
    return {("RESIDENT", WRONG, account["账户号"])}


@fraud("无此项目", "a trip of a programme that is not listed")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("步行")
    trip["行程所属项目"] = "CX-2025-66"
    return wrong("PROGRAMME", trip) | wrong("RIDER-PROGRAMME", trip)


@fraud("一日过多", "thirty walks in a day")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("步行")
    trip["终点东坐标"] = Thousandths(trip["起点东坐标"] + 400)
    trip["终点北坐标"] = trip["起点北坐标"]
    trip["里程"] = Thousandths(500)
    settle(trip)
    timed(trip, trip["出发日期"], 21_600, 400)
    trip["最高时速"] = Thousandths(6_000)
    many = [trip]
    for number in range(1, 30):
        many.append(scene.month.add(trip))
        timed(many[-1], trip["出发日期"], 21_600 + 600 * number, 400)
    return wrong("PER-DAY", *many)


@fraud("重复轨迹", "the same ride at the same second on six days")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("骑行")
    scene.month.keep(trip, [*scene.month.by_rider[trip["行程账户"]]])
    many = [trip]
    for number in range(1, 6):
        many.append(scene.month.add(trip))
        day = date(2025, 6, 1 + (trip["出发日期"].day + number) % 30)
        timed(many[-1], day, trip["出发时刻"], trip["到达时刻"] - trip["出发时刻"])
    return wrong("REPEATED", *many)


# --- factors and sums ----------------------------------------------------------------


@fraud("方式因子偏低", "a factor of the mode that nobody issued")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("公交")
    trip["所用方式因子"] = "0.035"
    settle(trip)
    return wrong("FACTOR", trip)


@fraud("基准因子偏高", "a baseline that nobody issued")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("地铁")
    trip["所用基准因子"] = "0.13"
    settle(trip)
    return wrong("BASELINE", trip)


@fraud("公交用燃油车基准", "a bus trip with the baseline of a private car")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("公交")
    trip["所用基准因子"] = "0.25"
    settle(trip)
    return wrong("BASELINE", trip)


@fraud("减排量虚报", "a reduction a tenth too high")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("地铁")
    trip["行程减排量"] = Thousandths(int(trip["行程减排量"]) * 11 // 10)
    return wrong("REDUCTION", trip)


@fraud("不减方式排放", "a reduction without the emissions of the mode")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("公交")
    trip["行程减排量"] = Thousandths(int(trip["里程"]) * 104 // 1000)
    return wrong("REDUCTION", trip)


@fraud("网约车", "a mode the standard does not list")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("骑行")
    trip["出行方式"] = "网约车"
    return wrong("MODE", trip)


@fraud("跨因子变更日", "a ride across the day the factors changed")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("骑行")
    scene.account(trip)["授权日期"] = date(2024, 1, 1)
    timed(trip, date(2024, 9, 30), 86_100, trip["到达时刻"] - trip["出发时刻"] + 300)
    found = wrong("CHANGE", trip) | wrong("MIDNIGHT", trip) | wrong("PERIOD", trip)
    return found | undetermined("FACTOR", trip) | undetermined("BASELINE", trip)


@fraud("多申报一吨", "a tonne more claimed than the month comes to", reported=True)
def _(scene: Scene) -> Iterable[Finding]:
    scene.month.claimed += 1
    return {("CLAIM", WRONG, None)}


@fraud("总量虚报", "a total above the sum of the trips", reported=True)
def _(scene: Scene) -> Iterable[Finding]:
    (programme,) = scene.month.tables["出行项目"]
    programme["申报出行减排量"] = Thousandths(programme["申报出行减排量"] + 1_001)
    return {("TOTAL", WRONG, PROGRAMME)}


@fraud("人数虚报", "more persons reported than accounts", reported=True)
def _(scene: Scene) -> Iterable[Finding]:
    (programme,) = scene.month.tables["出行项目"]
    programme["申报人数"] += 10
    return {("PERSONS", WRONG, PROGRAMME)}


@fraud("行程数虚报", "more trips reported than listed", reported=True)
def _(scene: Scene) -> Iterable[Finding]:
    (programme,) = scene.month.tables["出行项目"]
    programme["申报行程数"] += 1
    return {("COUNT", WRONG, PROGRAMME)}


# --- vehicles ------------------------------------------------------------------------


@fraud("无此车辆", "an electric trip of a vehicle that is not listed")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("电动汽车")
    trip["行程车辆"] = "V99999"
    return wrong("VEHICLE", trip)


@fraud("单车充电车", "an electric trip of a vehicle that is a bicycle")
def _(scene: Scene) -> Iterable[Finding]:
    trip, bike = scene.trip("电动汽车"), scene.trip("骑行")["行程车辆"]
    trip["行程车辆"] = bike
    car = scene.month.row("出行车辆", "车辆号", bike)
    car |= {"车主账户": trip["行程账户"], "续驶里程": Thousandths(400_000)}
    car |= {"替代燃油车": True, "车队已计入": False}
    return wrong("VEHICLE", trip)


@fraud("非车主申报", "an electric trip claimed by somebody who is not the owner")
def _(scene: Scene) -> Iterable[Finding]:
    trip, other = scene.trip("电动汽车"), scene.account(scene.trip("地铁"))
    own = scene.month.by_rider[other["账户号"]]
    same_day = [t for t in own if t["出发日期"] == trip["出发日期"]]
    scene.month.keep({"行程账户": other["账户号"], "行程号": ""}, same_day)
    trip["行程账户"], trip["行程设备"] = other["账户号"], other["绑定设备"]
    return wrong("OWNER", trip)


@fraud("未替代燃油车", "an electric car that replaced none")
def _(scene: Scene) -> Iterable[Finding]:
    trips = scene.trips("电动汽车")
    scene.car(trips[0])["替代燃油车"] = False
    return wrong("REPLACED", *trips)


@fraud("超续驶里程", "a trip beyond the range of the car")
def _(scene: Scene) -> Iterable[Finding]:
    trip = scene.trip("电动汽车")
    scene.car(trip)["续驶里程"] = Thousandths(200_000)
    for name in ("起点东坐标", "起点北坐标"):
        middle = 480_000 if "东" in name else 4_420_000
        trip[name] = Thousandths(middle - 40_000)
        trip[name.replace("起点", "终点")] = Thousandths(middle + 40_000)
    trip["里程"] = Thousandths(240_000)
    timed(trip, trip["出发日期"], 28_800, seconds_at(240_000, 60))
    trip["最高时速"] = Thousandths(110_000)
    settle(trip)
    return wrong("RANGE", trip)


@fraud("车队已计入", "a car that is credited in a fleet project")
def _(scene: Scene) -> Iterable[Finding]:
    trips = scene.trips("电动汽车")
    scene.car(trips[0])["车队已计入"] = True
    return wrong("FLEET", *trips)


@fraud("又按充电申报", "electric trips of days that are claimed under charging")
def _(scene: Scene) -> Iterable[Finding]:
    trips = scene.trips("电动汽车", 3)
    days = sorted(trip["出发日期"] for trip in trips)
    scene.month.tables["充电申报"].append(
        {
            "充电申报号": "CD-1",
            "充电车辆": trips[0]["行程车辆"],
            "充电首日": days[0],
            "充电末日": days[-1] - timedelta(days=1),
        }
    )
    return wrong("CHARGING", *(trip for trip in trips if trip["出发日期"] < days[-1]))


@fraud("一车两人", "a shared bicycle under two persons at once")
def _(scene: Scene) -> Iterable[Finding]:
    one, other = scene.trip("骑行"), scene.trip("骑行")
    other["行程车辆"] = one["行程车辆"]
    length = other["到达时刻"] - other["出发时刻"]
    own = scene.month.by_rider[other["行程账户"]]
    kept = [t for t in own if t["出发日期"] == one["出发日期"]]
    scene.month.keep(other, kept)
    timed(other, one["出发日期"], one["到达时刻"] - 30, length)
    return wrong("VEHICLE-ONCE", one, other)
