"""Draws the month: accounts, vehicles, stations and trips."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Any

FIRST, LAST = date(2025, 6, 1), date(2025, 6, 30)
AS_OF = date(2025, 7, 20)
"""The day the month is claimed on, after which nothing can have happened."""

PROGRAMME = "CX-2025-06"
WEST, EAST, SOUTH, NORTH = 400, 560, 4360, 4560  # km
FACTORS = {
    # Mode: baseline and own factor, in tenths of a gram per km.
    "公交": (1040, 520),
    "地铁": (1040, 320),
    "骑行": (1040, 87),
    "步行": (1040, 0),
    "电动汽车": (2500, 970),
}
WAYS = {
    # Mode: straight distance in m, speed in km/h, detour in hundredths, share in a hundred.
    "公交": ((1000, 8000), (13, 26), (110, 135), 36),
    "地铁": ((3000, 14000), (26, 42), (105, 130), 30),
    "骑行": ((500, 4000), (9, 16), (105, 140), 20),
    "步行": ((300, 1800), (4, 5), (105, 130), 8),
    "电动汽车": ((3000, 18000), (32, 55), (110, 140), 6),
}
OPERATORS = {"公交": "GJ-1", "地铁": "DT-1", "骑行": "DX-1"}
STATIONS = {"公交": (400, 1000), "地铁": (121, 2500)}
"""How many of a mode, and how far apart on average in m."""

Row = dict[str, Any]


@dataclass
class Month:
    """The tables of a month by name, each a list of rows; numbers with decimals are whole
    numbers of thousandths (`Thousandths`), so that all sums are exact."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    by_rider: dict[str, list[Row]] = field(default_factory=dict)
    made: int = 0
    """How many trips were ever added, those since taken out included."""
    claimed: int = 0
    """The claim, in tonnes."""

    def row(self, table: str, key: str, value: str) -> Row:
        """The row of a table with a key."""
        return next(row for row in self.tables[table] if row[key] == value)

    def add(self, trip: Row) -> Row:
        """Adds a trip, with a number and a record of its own."""
        self.made += 1
        trip = {**trip, "行程号": f"T{self.made:07d}", "原始记录号": f"JL{self.made:07d}"}
        self.tables["行程"].append(trip)
        self.by_rider.setdefault(trip["行程账户"], []).append(trip)
        return trip

    def keep(self, kept: Row, trips: list[Row]) -> None:
        """Takes out trips of one account, but for one."""
        gone = {trip["行程号"] for trip in trips} - {kept["行程号"]}
        self.tables["行程"] = [t for t in self.tables["行程"] if t["行程号"] not in gone]
        own = self.by_rider[kept["行程账户"]]
        own[:] = [trip for trip in own if trip["行程号"] not in gone]


class Thousandths(int):
    """A number with three decimals, by its thousandths."""

    def __str__(self) -> str:
        sign, size = "-" * (self < 0), abs(int(self))
        return f"{sign}{size // 1000}.{size % 1000:03d}"

    @property
    def number(self) -> float:
        """The nearest binary64 number."""
        return float(str(self))


def settle(trip: Row) -> None:
    """Works out the reduction of a trip from its distance and the factors it uses."""
    apart = round(float(trip["所用基准因子"]) * 1e4) - round(float(trip["所用方式因子"]) * 1e4)
    millionths = int(trip["里程"]) * apart  # of a tenth of a gram
    trip["行程减排量"] = Thousandths((millionths + 5_000) // 10_000)


def reckon(month: Month) -> None:
    """Works out what the programme reports."""
    (programme,) = month.tables["出行项目"]
    own = [trip for trip in month.tables["行程"] if trip["行程所属项目"] == PROGRAMME]
    total = sum(int(trip["行程减排量"]) for trip in own)
    programme["申报出行减排量"], month.claimed = Thousandths(total), total // 1_000_000
    programme["申报行程数"] = len(own)
    programme["申报人数"] = len(month.tables["出行账户"])


def timed(trip: Row, day: date, start: int, seconds: int) -> None:
    """Gives a trip its times; `start` is the second of the day."""
    end = start + seconds
    trip["出发日期"], trip["出发时刻"] = day, start
    trip["到达日期"], trip["到达时刻"] = day + timedelta(days=end // 86_400), end % 86_400


def seconds_at(distance: int, speed: float) -> int:
    """How long a distance in m takes at km/h."""
    return round(distance * 3.6 / speed)


def factor(tenths_of_gram: int) -> str:
    """A factor as it is written, in kg per km."""
    return f"{tenths_of_gram / 10_000:g}"


def build(riders: int = 5_000, per_rider: int = 40, seed: int = 11) -> Month:
    """The month, without fraud: so many accounts, each with so many trips."""
    chance = Random(seed)
    month = Month()
    month.tables = {
        "出行项目": [
            {
                "出行项目号": PROGRAMME,
                "适用地区": "北京",
                "监测首日": FIRST,
                "监测末日": LAST,
                "西界": Thousandths(WEST * 1000),
                "东界": Thousandths(EAST * 1000),
                "南界": Thousandths(SOUTH * 1000),
                "北界": Thousandths(NORTH * 1000),
                "申报出行减排量": None,
                "申报行程数": None,
                "申报人数": None,
            }
        ],
        "运营商": [
            {"运营商号": "GJ-1", "运营方式": "公交", "首班时刻": 18_000, "末班时刻": 82_800},
            {"运营商号": "DT-1", "运营方式": "地铁", "首班时刻": 18_600, "末班时刻": 83_400},
            {"运营商号": "DX-1", "运营方式": "骑行", "首班时刻": 0, "末班时刻": 86_399},
        ],
        "站点": [],
        "出行账户": [],
        "出行车辆": [],
        "充电申报": [],
        "行程": [],
    }
    stations = {mode: _stations(month, mode, chance) for mode in STATIONS}
    bikes = [f"B{number:05d}" for number in range(1, riders + 1)]
    month.tables["出行车辆"] += [_vehicle(bike, "骑行") for bike in bikes]
    for number in range(1, riders + 1):
        name = f"R{number:05d}"
        month.tables["出行账户"].append(
            {
                "账户号": name,
                "账户所属项目": PROGRAMME,
                "身份散列": sha256(f"{seed} {name}".encode()).hexdigest()[:12],
                "注册省份": "北京",
                "绑定设备": f"D{number:05d}",
                "授权日期": date(2024, 1, 1) + timedelta(days=chance.randrange(200)),
                "撤回日期": None,
            }
        )
        car = None
        if number % 4 == 0:
            car = f"V{number:05d}"
            range_ = Thousandths(chance.randrange(350, 601) * 1000)
            month.tables["出行车辆"].append(
                _vehicle(car, "电动汽车")
                | {"车主账户": name, "续驶里程": range_, "替代燃油车": True, "车队已计入": False}
            )
        _trips(month, number, per_rider, car, stations, chance)
    reckon(month)
    return month


def small() -> Month:
    """The month that the pack ships: twelve accounts."""
    return build(12, 25)


def _vehicle(number: str, mode: str) -> Row:
    empty = dict.fromkeys(("车主账户", "续驶里程", "替代燃油车", "车队已计入"))
    return {"车辆号": number, "车辆方式": mode, **empty}


def _stations(month: Month, mode: str, chance: Random) -> dict[tuple[int, int], Row]:
    """Stations of a mode on a loose grid about the middle of the region, by their place in it."""
    count, apart = STATIONS[mode]
    side = round(count**0.5)
    found: dict[tuple[int, int], Row] = {}
    for at in range(side * side):
        place = at % side, at // side
        east, north = (
            1000 * middle + (part - side // 2) * apart + chance.randrange(-100, 101)
            for part, middle in zip(place, (480, 4420), strict=True)
        )
        found[place] = {
            "站点号": f"{'Z' if mode == '公交' else 'M'}{at + 1:03d}",
            "站点方式": mode,
            "站点东坐标": Thousandths(east),
            "站点北坐标": Thousandths(north),
        }
    month.tables["站点"] += found.values()
    return found


def _trips(
    month: Month,
    number: int,
    count: int,
    car: str | None,
    stations: dict[str, dict[tuple[int, int], Row]],
    chance: Random,
) -> None:
    """The trips of an account: at most six a day, each within its own part of the day."""
    days: dict[int, int] = {}
    while sum(days.values()) < count:
        day = chance.randrange((LAST - FIRST).days + 1)
        if days.get(day, 0) < 6:
            days[day] = days.get(day, 0) + 1
    modes = [mode for mode in WAYS if mode != "电动汽车" or car is not None]
    shares = [WAYS[mode][3] * (4 if mode == "电动汽车" else 1) for mode in modes]
    for day, many in sorted(days.items()):
        slot = 57_600 // many  # from six in the morning till ten at night
        for at in range(many):
            (mode,) = chance.choices(modes, shares)
            trip = _trip(number, mode, stations.get(mode), chance)
            trip["行程车辆"] = (
                car if mode == "电动汽车" else f"B{number:05d}" if mode == "骑行" else None
            )
            longest = trip.pop("历时")
            start = 21_600 + at * slot + chance.randrange(max(slot - longest - 60, 1))
            timed(trip, FIRST + timedelta(days=day), start, longest)
            settle(trip)
            month.add(trip)


def _trip(
    number: int, mode: str, stations: dict[tuple[int, int], Row] | None, chance: Random
) -> Row:
    (least, most), (slow, fast), (straight, winding), _ = WAYS[mode]
    baseline, own = FACTORS[mode]
    boarded = alighted = None
    if stations is None:
        east, north = 480_000 + chance.randrange(-30_000, 30_001), 4_420_000
        north += chance.randrange(-30_000, 30_001)
        far = chance.randrange(least, most + 1)
        across = chance.randrange(-far, far + 1)
        up = int((far * far - across * across) ** 0.5) * chance.choice((1, -1))
        ends = (east, north, east + across, north + up)
    else:
        one, other = _two_stations(stations, least, most, chance)
        boarded, alighted = one["站点号"], other["站点号"]
        ends = (
            int(one["站点东坐标"]) + chance.randrange(-80, 81),
            int(one["站点北坐标"]) + chance.randrange(-80, 81),
            int(other["站点东坐标"]) + chance.randrange(-80, 81),
            int(other["站点北坐标"]) + chance.randrange(-80, 81),
        )
    length = ((ends[2] - ends[0]) ** 2 + (ends[3] - ends[1]) ** 2) ** 0.5
    distance = round(length * chance.randrange(straight, winding + 1) / 100)
    speed = chance.randrange(slow * 10, fast * 10 + 1) / 10
    top = None
    if mode in ("骑行", "步行", "电动汽车"):
        top = Thousandths(round(speed * chance.randrange(125, 181)) * 10)
    return {
        "行程号": "",
        "行程所属项目": PROGRAMME,
        "行程账户": f"R{number:05d}",
        "出行方式": mode,
        "行程运营商": OPERATORS.get(mode),
        "原始记录号": "",
        "行程设备": f"D{number:05d}",
        "行程车辆": None,
        "出发日期": None,
        "出发时刻": None,
        "到达日期": None,
        "到达时刻": None,
        "时区": 8,
        "起点东坐标": Thousandths(ends[0]),
        "起点北坐标": Thousandths(ends[1]),
        "终点东坐标": Thousandths(ends[2]),
        "终点北坐标": Thousandths(ends[3]),
        "上车站": boarded,
        "下车站": alighted,
        "里程": Thousandths(distance),
        "最高时速": top,
        "所用基准因子": factor(baseline),
        "所用方式因子": factor(own),
        "行程减排量": None,
        "历时": seconds_at(distance, speed),
    }


def _two_stations(
    stations: dict[tuple[int, int], Row], least: int, most: int, chance: Random
) -> tuple[Row, Row]:
    """Two stations that are neither too near nor too far from each other."""
    side = max(place[0] for place in stations) + 1
    while True:
        places = [(chance.randrange(side), chance.randrange(side)) for _ in range(2)]
        one, other = stations[places[0]], stations[places[1]]
        across = int(other["站点东坐标"]) - int(one["站点东坐标"])
        up = int(other["站点北坐标"]) - int(one["站点北坐标"])
        if least <= (across * across + up * up) ** 0.5 <= most:
            return one, other
