"""What is wrong with the layers of a dossier, and what to do about it.

These are reading problems like those of `guiju.messages.reading`, which takes them in.
"""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # --- what is asked for -----------------------------------------------------------------
    "geo-not-installed": (
        "layers are given, but the programs that read them are not installed; no layer was read",
        "档案含有图层，但未安装读取图层所需的组件，图层均未读取",
    ),
    "geo-not-installed.mend": (
        "install them with `pip install '{extra}'`",
        "请运行 `pip install '{extra}'` 安装",
    ),
    "layer-target": (
        "`{name}` is neither a table with a boundary nor a column or fact that is a shape",
        "`{name}` 既不是带边界的表，也不是几何类型的列或事实",
    ),
    "layer-target.mend": (
        "name what the layer belongs to; known here: {known}",
        "请写明图层所属对象；此处可用：{known}",
    ),
    "layer-target.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "layer-without-file": (
        "`{where}` names no file",
        "`{where}` 未指明文件",
    ),
    "layer-without-file.mend": (
        "add `file: …`",
        "请补充 `file: …`",
    ),
    "layer-one-file": (
        "`{where}` is a fact and takes one layer, not a list",
        "`{where}` 是事实，只能对应一个图层，不能是列表",
    ),
    "layer-one-file.mend": (
        "name one file; with `all: yes` all its features are taken together",
        "请只写一个文件；加 `all: yes` 可将其全部要素合为一体",
    ),
    "key-for-facts": (
        "`{key}` in `{where}` is for facts; a table takes every feature its key joins",
        "`{where}` 中的 `{key}` 只用于事实；表按主键连接全部要素",
    ),
    "key-for-facts.mend": (
        "take it out",
        "请删除",
    ),
    "layer-format": (
        "`{name}` is no kind of file a layer is read from",
        "`{name}` 不是可读取的图层文件",
    ),
    "layer-format.mend": (
        "export it as one of {known}",
        "请导出为下列格式之一：{known}",
    ),
    "point-columns": (
        "the layer names only one of the two columns of its points; `{key}` is absent",
        "点图层只指明了一个坐标列，缺少 `{key}`",
    ),
    "point-columns.mend": (
        "name both: `x` (longitude or easting) and `y` (latitude or northing)",
        "请同时写明 `x`（经度或东坐标）和 `y`（纬度或北坐标）",
    ),
    # --- files -----------------------------------------------------------------------------
    "layer-broken": (
        "`{name}` cannot be read as a layer: {detail}",
        "`{name}` 无法作为图层读取：{detail}",
    ),
    "layer-broken.mend": (
        "export it again; do not rename one kind of file to another",
        "请重新导出，不要仅更改扩展名",
    ),
    "layer-part-missing": (
        "`{name}` is not whole: `{part}` is not in the dossier",
        "`{name}` 不完整：档案中没有 `{part}`",
    ),
    "layer-part-missing.mend": (
        "add all files of the layer (.shp, .shx, .dbf, .prj, or the whole .gdb folder), or zip them",
        "请补齐图层的全部文件（.shp、.shx、.dbf、.prj，或整个 .gdb 文件夹），或压缩后提交",
    ),
    "layer-encoding": (
        "the attributes of `{name}` are neither in UTF-8 nor in GB18030 (byte {offset})",
        "`{name}` 的属性表既不是 UTF-8 也不是 GB18030 编码（第 {offset} 字节）",
    ),
    "layer-encoding.mend": (
        "export the layer in UTF-8 with its .cpg file",
        "请以 UTF-8 重新导出，并附 .cpg 文件",
    ),
    "layer-encoding-differs": (
        "the .cpg file says `{said}`, but the attributes are in {encoding} and were read as that",
        "`.cpg` 文件写明 `{said}`，而属性表实为 {encoding} 编码，已按后者读取",
    ),
    "layer-encoding-differs.mend": (
        "check names and keys, and correct the .cpg file",
        "请核对名称和主键，并更正 `.cpg` 文件",
    ),
    "layer-which": (
        "`{file}` holds several layers or none, and it is not said which is meant: {known}",
        "`{file}` 中有多个图层或没有图层，未指明取哪一个：{known}",
    ),
    "layer-which.mend": (
        "add `layer: …`",
        "请补充 `layer: …`",
    ),
    "layer-not-found": (
        "`{file}` has no layer `{layer}`",
        "`{file}` 中没有图层 `{layer}`",
    ),
    "layer-not-found.mend": (
        "correct the name; there are {known}",
        "请更正名称；可用的有：{known}",
    ),
    "layer-not-found.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "layer-empty": (
        "the layer `{name}` holds no feature",
        "图层 `{name}` 没有要素",
    ),
    "layer-empty.mend": (
        "export the layer with its features",
        "请连同要素重新导出",
    ),
    "network-link": (
        "the file refers to {count} other files or addresses; they were not followed",
        "文件中有 {count} 处指向其他文件或网址的链接，未予读取",
    ),
    "network-link.mend": (
        "put the features themselves into the file",
        "请将要素本身保存在文件内",
    ),
    "too-many-features": (
        "the layer has {count} features or more; at most {most} are read",
        "图层有 {count} 个以上要素，最多读取 {most} 个",
    ),
    "too-many-features.mend": (
        "hand in only the features of the project",
        "请只提交项目范围内的要素",
    ),
    "too-many-vertices": (
        "the shapes of the layer have {count} vertices; at most {most} are read",
        "图层共有 {count} 个节点，最多读取 {most} 个",
    ),
    "too-many-vertices.mend": (
        "hand in only the features of the project, or in several layers",
        "请只提交项目范围内的要素，或分为多个图层",
    ),
    # --- keys ------------------------------------------------------------------------------
    "layer-key-absent": (
        "no attribute of the layer is called `{key}`, and no `key` says which one joins its features",
        "图层没有名为 `{key}` 的属性，也未用 `key` 指明以哪个属性连接",
    ),
    "layer-key-absent.mend": (
        "add `key: …`; the attributes are {known}",
        "请补充 `key: …`；图层的属性有：{known}",
    ),
    "layer-key-unknown": (
        "the layer has no attribute `{key}`",
        "图层没有属性 `{key}`",
    ),
    "layer-key-unknown.mend": (
        "correct the name; the attributes are {known}",
        "请更正名称；图层的属性有：{known}",
    ),
    "layer-key-unknown.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "layer-key-parts": (
        "`key` names {found} attributes, but the key of `{table}` has {wanted} parts",
        "`key` 写了 {found} 个属性，而 `{table}` 的主键由 {wanted} 部分组成",
    ),
    "layer-key-parts.mend": (
        "name as many attributes, in the order of the key: `key: [ …, … ]`",
        "请按主键的顺序写出同样数目的属性：`key: [ …, … ]`",
    ),
    "layer-key-empty": (
        "{count} features have no `{key}` and belong to no row: {features}",
        "有 {count} 个要素的 `{key}` 为空，无法与表连接：{features}",
    ),
    "layer-key-empty.mend": (
        "give every feature its key, or take it out",
        "请为每个要素填写主键，或删除该要素",
    ),
    "boundary-twice": (
        "a second shape is given for `{key}` of `{table}`; the first, {first}, was taken",
        "`{table}` 的 `{key}` 有重复的图形；已采用首个（{first}）",
    ),
    "boundary-twice.mend": (
        "keep one shape for each key; one in several pieces is one feature of several parts",
        "每个主键只保留一个图形；一块地分为多片时，请合并为一个多部件要素",
    ),
    "boundary-without-row": (
        "{count} features have no row in {label} (`{table}`): {keys}",
        "有 {count} 个要素在{label}（`{table}`）中没有对应的行：{keys}",
    ),
    "boundary-without-row.mend": (
        "add the rows, correct the keys, or take the features out; they were not checked",
        "请补充行、更正主键或删除要素；这些要素未参与检查",
    ),
    "boundary-without-row.near": (
        "did you mean `{nearest}`? The feature was not checked",
        "是否为 `{nearest}`？该要素未参与检查",
    ),
    "keys-alike": (
        "the keys of {count} features differ from rows only in how they are written: `{key}` in the layer, `{row}` in the table; they were not joined",
        "有 {count} 个要素的主键与表中只是写法不同（前导零、空格、大小写）：图层为 `{key}`，表中为 `{row}`；未予连接",
    ),
    "keys-alike.mend": (
        "write the keys alike in both; a number field keeps no leading zeros, a text field does",
        "请将两处主键写成一致；数值型字段不保留前导零，应改用文本型字段",
    ),
    "row-without-boundary": (
        "{count} rows of {label} (`{table}`) have no feature in the layer: {keys}",
        "{label}（`{table}`）中有 {count} 行在图层中没有对应的要素：{keys}",
    ),
    "row-without-boundary.mend": (
        "hand in the missing shapes, or correct the keys",
        "请补交缺少的图形，或更正主键",
    ),
    "feature-not-found": (
        "no feature has `{feature}`",
        "没有 `{feature}` 的要素",
    ),
    "feature-not-found.mend": (
        "correct the value; there are {known}",
        "请更正取值；现有：{known}",
    ),
    "feature-not-found.near": (
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`？",
    ),
    "which-feature": (
        "`{where}` is one shape, but {count} features are meant",
        "`{where}` 只取一个图形，而对应的要素有 {count} 个",
    ),
    "which-feature.mend": (
        "name one with `key` and `feature`, or take all of them together with `all: yes`",
        "请用 `key` 和 `feature` 指明其一，或写 `all: yes` 将其合为一体",
    ),
    "union-invalid": (
        "the features cannot be taken together: one of them crosses itself",
        "要素无法合为一体：其中有自相交的图形",
    ),
    "union-invalid.mend": (
        "correct the shapes in the program they were drawn with",
        "请在制图软件中更正图形",
    ),
    # --- coordinate systems ------------------------------------------------------------------
    "crs-missing": (
        "neither the layer nor the dossier says which coordinate system the coordinates are in",
        "图层和档案均未说明坐标系",
    ),
    "crs-missing.mend": (
        "hand in the .prj file, or state it as surveyed, such as `crs: EPSG:4490`; it is never guessed",
        "请补交 .prj 文件，或按测绘成果填写，如 `crs: EPSG:4490`；坐标系不作推测",
    ),
    "crs-unknown": (
        "`{crs}` is no coordinate system that is read here",
        "`{crs}` 不是可识别的坐标系",
    ),
    "crs-unknown.mend": (
        "give the layer in CGCS2000 or WGS 84, in degrees or in a known zone, and name it by its code, such as `EPSG:4528`",
        "请以 CGCS2000 或 WGS 84 的经纬度或标准分带坐标提交，并写明代码，如 `EPSG:4528`",
    ),
    "crs-needs-shift": (
        "the coordinates are on the datum {datum} (`{crs}`), from which there is only an approximate shift to CGCS2000",
        "坐标采用 {datum} 基准（`{crs}`），转换到 CGCS2000 只有近似参数",
    ),
    "crs-needs-shift.mend": (
        "have them converted to CGCS2000 by a surveyor with the local parameters, and hand in the result; they were not used",
        "请由测绘单位用当地转换参数转为 CGCS2000 后提交；该图层未予采用",
    ),
    "crs-differs": (
        "the file is in {own}, but the dossier declares {declared}; the layer was not used",
        "文件的坐标系为 {own}，而档案写明 {declared}；该图层未予采用",
    ),
    "crs-differs.mend": (
        "find out which is right, and correct the declaration or convert the file",
        "请查明以何者为准，更正声明或转换文件",
    ),
    "crs-implied": (
        "a file of this kind without a coordinate system is in {own}, but the dossier declares {declared}; the declared one was used",
        "此类文件未写坐标系时应为 {own}，而档案写明 {declared}；已按声明采用",
    ),
    "crs-implied.mend": (
        "write the coordinate system into the file, or hand in a GeoPackage",
        "请将坐标系写入文件，或改用 GeoPackage 提交",
    ),
    "crs-own-unknown": (
        "the file names its coordinate system `{crs}`, which is not known; the declared {used} was used",
        "文件所写坐标系 `{crs}` 无法识别，已按档案声明的 {used} 采用",
    ),
    "crs-own-unknown.mend": (
        "check that they are the same, and export the file with a known one",
        "请核对两者是否一致，并以标准坐标系重新导出",
    ),
    # --- coordinates -------------------------------------------------------------------------
    "lonlat-swapped": (
        "in {count} features ({features}) the latitude would lie beyond 90° (such as `{x}, {y}`): latitude seems to stand before longitude",
        "{count} 个要素（{features}）的纬度超过 90°（如 `{x}, {y}`），应是纬度写在了经度之前",
    ),
    "lonlat-swapped.mend": (
        "write longitude first, then latitude; the shapes were not used",
        "请先写经度、后写纬度；这些图形未予采用",
    ),
    "lonlat-swapped-beside": (
        "as written none of the {count} shapes of {label} meets {other}, and the other way round all lie within it",
        "{label}的 {count} 个图形按所写均在{other}之外，经纬度对调后全部位于其内",
    ),
    "lonlat-swapped-beside.mend": (
        "check that longitude stands first in both layers; the coordinates were taken as written",
        "请核对两个图层是否均为经度在前；坐标已按所写采用",
    ),
    "lonlat-maybe-swapped": (
        "all coordinates of {count} features ({features}) lie outside China as written (such as `{x}, {y}`), and inside it the other way round",
        "{count} 个要素（{features}）的坐标按所写（如 `{x}, {y}`）位于中国境外，经纬度对调后位于境内",
    ),
    "lonlat-maybe-swapped.mend": (
        "check that longitude stands first; the coordinates were taken as written",
        "请核对是否经度在前；坐标已按所写采用",
    ),
    "coordinates-out-of-range": (
        "{count} features ({features}) lie where {crs} has no places (such as `{x}, {y}`); they were not used",
        "{count} 个要素（{features}）的坐标（如 `{x}, {y}`）超出 {crs} 的范围，未予采用",
    ),
    "coordinates-out-of-range.mend": (
        "check the coordinates and the coordinate system of the layer",
        "请核对图层的坐标和坐标系",
    ),
    "coordinates-not-degrees": (
        "{count} features ({features}) have coordinates that are no degrees (such as `{x}, {y}`), though the layer is in {crs}",
        "图层坐标系为 {crs}，但 {count} 个要素（{features}）的坐标不是度（如 `{x}, {y}`）",
    ),
    "coordinates-not-degrees.mend": (
        "name the projected system they are in, by zone {other}; the shapes were not used",
        "请写明所用的投影坐标系（分带 {other}）；这些图形未予采用",
    ),
    "coordinates-are-degrees": (
        "{count} features ({features}) have coordinates in degrees (such as `{x}, {y}`), though the layer is in {crs}, in metres",
        "图层坐标系 {crs} 以米计，但 {count} 个要素（{features}）的坐标为度（如 `{x}, {y}`）",
    ),
    "coordinates-are-degrees.mend": (
        "if they are degrees on the same datum, declare {other}; the shapes were not used",
        "若为同一基准的经纬度，请写 {other}；这些图形未予采用",
    ),
    "axes-swapped": (
        "in {count} features ({features}) northing stands before easting (such as `{x}, {y}`)",
        "{count} 个要素（{features}）的北坐标写在了东坐标之前（如 `{x}, {y}`）",
    ),
    "axes-swapped.mend": (
        "export with easting first, as {crs} is read here; the shapes were not used",
        "请按东坐标在前导出（{crs}）；这些图形未予采用",
    ),
    "zone-prefix-absent": (
        "the eastings of {count} features ({features}) lack the zone's number that {crs} puts before them (such as `{x}, {y}`)",
        "{count} 个要素（{features}）的东坐标缺少 {crs} 规定的带号（如 `{x}, {y}`）",
    ),
    "zone-prefix-absent.mend": (
        "if the central meridian is right, declare the same zone without number ({other}); the shapes were not used",
        "若中央经线无误，请改用不带带号的同一分带（{other}）；这些图形未予采用",
    ),
    "zone-prefix-given": (
        "the eastings of {count} features ({features}) begin with a zone's number, which {crs} has not (such as `{x}, {y}`)",
        "{count} 个要素（{features}）的东坐标含有带号，而 {crs} 不带带号（如 `{x}, {y}`）",
    ),
    "zone-prefix-given.mend": (
        "check the zone, and declare the one with that number ({other}); the shapes were not used",
        "请核对分带，改用带有该带号的坐标系（{other}）；这些图形未予采用",
    ),
    "zone-differs": (
        "the eastings of {count} features ({features}) begin with the number of another zone than {crs} (such as `{x}, {y}`)",
        "{count} 个要素（{features}）的东坐标带号与 {crs} 不符（如 `{x}, {y}`）",
    ),
    "zone-differs.mend": (
        "check the zone; by its number it would be {other}; the shapes were not used",
        "请核对分带；按带号应为 {other}；这些图形未予采用",
    ),
    "far-from-meridian": (
        "the layer reaches {apart}° from the central meridian {meridian}° of {crs}, far outside such a zone",
        "图层距 {crs} 的中央经线 {meridian}° 达 {apart}°，远超该分带范围",
    ),
    "far-from-meridian.mend": (
        "check the central meridian; the shapes were taken as written",
        "请核对中央经线；图形已按所写采用",
    ),
    # --- shapes ------------------------------------------------------------------------------
    "geometry-kind": (
        "{count} features ({features}) are of the kind {found}; wanted is {wanted}",
        "{count} 个要素（{features}）的几何类型为{found}，应为{wanted}",
    ),
    "geometry-kind.mend": (
        "hand them in as {wanted} (GIS programs turn closed lines into polygons); they were not used",
        "请按{wanted}提交（GIS 软件可将闭合的线转为面）；这些要素未予采用",
    ),
    "geometry-empty": (
        "{count} features have no shape: {features}",
        "有 {count} 个要素没有图形：{features}",
    ),
    "geometry-empty.mend": (
        "draw their shapes, or take the features out",
        "请补绘图形，或删除这些要素",
    ),
    "point-not-decimal": (
        "the coordinates of {count} points ({features}) are no decimal numbers, such as `{text}`",
        "{count} 个点（{features}）的坐标不是十进制数，如 `{text}`",
    ),
    "point-not-decimal.mend": (
        "write decimal degrees such as `122.402514`, without signs and letters; convert degrees, minutes and seconds first",
        "请写成十进制度，如 `122.402514`，不带符号和字母；度分秒须先换算",
    ),
    "geometry-broken": (
        "the shapes of {count} features ({features}) cannot be put together; of the first: `{detail}`",
        "{count} 个要素（{features}）的图形无法构成，首个的原因：`{detail}`",
    ),
    "geometry-broken.mend": (
        "correct its coordinates; a ring has at least four positions, the last like the first",
        "请更正坐标；一个环至少有四个点，且首尾相同",
    ),
    "geometry-invalid": (
        "{count} polygons are not valid and were kept as they are: {features}; of the first: {reason}",
        "有 {count} 个多边形无效，已原样保留：{features}；首个的原因：{reason}",
    ),
    "geometry-invalid.mend": (
        "correct their rings; areas and overlaps of such shapes are unknown",
        "请更正其边界环；此类图形的面积和重叠无法确定",
    ),
    "ring-not-closed": (
        "{count} polygons have a ring that does not end where it begins; it was closed by a straight line: {features}",
        "有 {count} 个多边形的环首尾不相接，已以直线闭合：{features}",
    ),
    "ring-not-closed.mend": (
        "close the rings in the file, and see that no vertex is missing",
        "请在文件中闭合边界环，并核对是否缺少节点",
    ),
    "z-dropped": (
        "{count} features have heights, which were left out: {features}",
        "有 {count} 个要素含高程，已舍去：{features}",
    ),
    "z-dropped.mend": (
        "nothing; areas and distances are measured on the ellipsoid",
        "无需处理；面积和距离均按椭球面量算",
    ),
}

WARNINGS = frozenset(
    (
        "boundary-without-row",
        "crs-implied",
        "crs-own-unknown",
        "far-from-meridian",
        "geometry-empty",
        "layer-encoding-differs",
        "lonlat-maybe-swapped",
        "lonlat-swapped-beside",
        "network-link",
        "ring-not-closed",
        "row-without-boundary",
    )
)
NOTES = frozenset(("geometry-invalid", "z-dropped"))
