"""Why the system would not read or write a file, in the reader's language.

The system's own words come in one language only, and with its error numbers.
"""

from __future__ import annotations

import errno
import os
import re

from guiju.messages import bilingual

MESSAGES: dict[str, tuple[str, str]] = {
    "ENOENT": ("there is no such file or folder", "文件或文件夹不存在"),
    "EACCES": ("permission denied", "没有访问权限"),
    "EPERM": ("the system does not permit it", "系统不允许此操作"),
    "EISDIR": ("it is a folder", "该路径是文件夹"),
    "ENOTDIR": ("a part of its path is a file, not a folder", "路径中的某一级是文件，不是文件夹"),
    "EEXIST": ("a file of that name stands in the way", "已有同名文件"),
    "ENOSPC": ("the disk is full", "磁盘空间不足"),
    "EDQUOT": ("the disk quota is used up", "磁盘配额已用完"),
    "EFBIG": ("the file is too large for it", "超出系统允许的文件大小"),
    "EROFS": ("the disk is read-only", "磁盘为只读"),
    "ENAMETOOLONG": ("its name is too long", "文件名过长"),
    "ELOOP": ("its links lead in a circle", "链接循环"),
    "EIO": ("the disk could not be read or written", "磁盘读写出错"),
    "EMFILE": ("too many files are open", "打开的文件过多"),
    "EBUSY": ("it is in use", "文件正被占用"),
    "ETXTBSY": ("it is in use", "文件正被占用"),
    "other": ("{said}", "系统提示：{said}"),
}


_ERRNO = re.compile(r'"errno"\s*:\s*"?(\d+)')


def reason(error: OSError) -> dict[str, str]:
    """Why a file could not be read or written, as `{"en": …, "zh": …}`; what is not in the
    catalogue is said in the system's words.

    >>> reason(FileNotFoundError(errno.ENOENT, "…"))["zh"]
    '文件或文件夹不存在'
    """
    name = errno.errorcode.get(error.errno or 0, "")
    if name in MESSAGES:
        return bilingual(f"system.{name}")
    return bilingual("system.other", said=error.strerror or type(error).__name__)


def as_os_error(problem: Exception) -> OSError:
    """What the system said when DuckDB could not read or write a file: it passes the number on
    inside its own message, and the words where it knows no number."""
    text = str(problem)
    found = _ERRNO.search(text)
    if found is not None:
        number = int(found[1])
        return OSError(number, os.strerror(number))
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EROFS, errno.EIO):
        if os.strerror(number) in text:
            return OSError(number, os.strerror(number))
    return OSError(0, text.splitlines()[0] if text else type(problem).__name__)
