"""Reads configurations as far as supervisord leaves that to configparser."""

import configparser
import sys

parser = configparser.RawConfigParser(
    strict=False, inline_comment_prefixes=(';', '#'))
parser.read(sys.argv[1:], encoding='utf-8')
