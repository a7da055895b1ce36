"""The functions a rule may call: their names in English and Chinese, and how many
arguments they take. Types are checked in `guiju.checking`, values are computed in
`guiju.evaluation.functions`."""

from __future__ import annotations

from guiju.record import Record


class Function(Record):
    name: str
    zh: str
    least: int
    most: int | None


FUNCTIONS: dict[str, Function] = {
    f.name: f
    for f in (
        Function("sqrt", "平方根", 1, 1),
        Function("exp", "自然指数", 1, 1),
        Function("ln", "自然对数", 1, 1),
        Function("min", "较小者", 1, None),
        Function("max", "较大者", 1, None),
        Function("abs", "绝对值", 1, 1),
        Function("round", "四舍六入", 1, 2),
        Function("student_t", "t分位数", 2, 2),
        Function("matches", "符合格式", 2, 2),
        Function("length", "长度", 1, 1),
        Function("contains", "包含", 2, 2),
        Function("starts_with", "开头为", 2, 2),
        Function("ends_with", "结尾为", 2, 2),
        Function("upper", "大写", 1, 1),
        Function("lower", "小写", 1, 1),
        Function("year", "年份", 1, 1),
        Function("month", "月份", 1, 1),
        Function("day", "日", 1, 1),
        Function("date", "日期", 3, 3),
        Function("days", "天数", 2, 2),
        Function("years", "周年数", 2, 2),
        Function("months", "月数", 2, 2),
        Function("working_days", "工作日数", 2, 2),
        Function("first_of_month", "月初", 1, 1),
        Function("last_of_month", "月末", 1, 1),
        Function("floor", "向下取整", 1, 1),
        Function("ceiling", "向上取整", 1, 1),
        Function("geodesic_area", "测地面积", 1, 1),
        Function("overlap_area", "重叠面积", 2, 2),
        Function("within", "位于", 2, 2),
        Function("distance", "距离", 2, 2),
        Function("valid", "几何有效", 1, 1),
        Function("fault", "几何问题", 1, 1),
        Function("gap_area", "缝隙面积", 2, 3),
        Function("vertices", "顶点数", 1, 1),
        Function("decimals", "坐标小数位数", 1, 1),
    )
}

MEASURES = frozenset(
    (
        "geodesic_area",
        "overlap_area",
        "within",
        "distance",
        "valid",
        "fault",
        "gap_area",
        "vertices",
        "decimals",
    )
)
"""The functions that speak of boundaries."""

CHINESE_NAMES: dict[str, str] = {f.zh: f.name for f in FUNCTIONS.values()}
